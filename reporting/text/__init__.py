"""Results in words, tables and JSON, for people and for programs."""
