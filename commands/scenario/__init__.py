"""Scenarios: begun, checked, and told in words."""
