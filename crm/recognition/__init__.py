"""Exports recognised: which tables they are, and a reading of each, proposed."""
