"""The way to the best prices: from samples, then round by round."""
