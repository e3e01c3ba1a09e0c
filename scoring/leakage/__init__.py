"""Columns that know the future, found and left out."""
