"""Two run folders compared: what changed, and what changed it."""
