"""The model, its card, and what it can tell."""
