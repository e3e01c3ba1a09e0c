"""Leads and reps in the engine's order, from either kind of problem."""
