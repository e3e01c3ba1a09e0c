"""Worker processes of solvers, which end with their parent, and silence of solvers."""
