"""Leads distributed to reps beside leads that reps generated themselves."""
