"""What people do to leads and reps between runs."""
