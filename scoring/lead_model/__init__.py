"""What a lead's own features say about its odds, whoever gets it."""
