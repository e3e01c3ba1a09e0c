"""One run in sentences."""
