"""What leaks between runs: looked for by a scheduler, told to a person."""
