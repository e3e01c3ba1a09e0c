"""Checks of a model: out-of-time validation, covariate balance, overlap."""
