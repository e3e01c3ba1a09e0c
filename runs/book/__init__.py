"""What people decide between runs: owners, reps, and turns."""
