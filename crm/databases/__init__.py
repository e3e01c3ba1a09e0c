"""Databases: queries read as tables of text cells, and owners written back."""
