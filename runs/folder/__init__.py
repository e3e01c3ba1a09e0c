"""Run folders: written by a run, and read back."""
