"""Right-censored outcomes: closed leads weighted for those still open."""
