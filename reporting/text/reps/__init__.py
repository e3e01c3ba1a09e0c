"""Reps: who should have a lead, and each one's own sheet."""
