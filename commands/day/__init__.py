"""One day: its run, and what is asked of it."""
