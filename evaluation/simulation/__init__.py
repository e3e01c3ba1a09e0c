"""Policies through months of made-up days, learning from what they logged."""
