"""Leads given to reps beside leads that reps found."""
