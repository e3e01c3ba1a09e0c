"""Leads that are one: by their keys, and by people's word."""
