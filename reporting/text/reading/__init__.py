"""How the day's tables were read, and what its rules reach."""
