"""Whether reps were given leads of like quality."""
