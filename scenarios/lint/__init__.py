"""Lint: rules that hold, and yet cannot be meant; one file for each kind of finding."""
