"""Owners of a run taken back to the system that the leads came from."""
