"""Results in sentences and tables, and as JSON."""
