"""Worker processes of solvers: arrays in and out; they end with their parent."""
