"""Rules and policies by name, those from outside included."""
