"""Made-up sales companies whose every conversion probability is known."""
