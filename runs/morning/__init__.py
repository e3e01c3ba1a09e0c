"""What the days before leave for today, step by step."""
