"""Work beside this process."""
