"""A scenario with its tables: read, checked, and not yet decided."""
