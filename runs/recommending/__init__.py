"""The best reps for one lead: of a run, of a day, or of a lead between runs."""
