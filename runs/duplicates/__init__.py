"""Leads that are one and the same: found, joined, listed."""
