"""The model, and whether allocation is better."""
