"""Leads that pass between reps on shortest paths."""
