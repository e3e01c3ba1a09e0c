"""The allocation problem, its solutions, and how a solve ended."""
