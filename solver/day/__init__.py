"""The day as rules see it: pairs, rows, and who is at work."""
