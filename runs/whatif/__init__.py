"""Variants of a day side by side: read and trained once, each solved."""
