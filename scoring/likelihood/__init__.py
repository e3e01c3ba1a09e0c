"""The logistic likelihood: its loss, and its maximum by Newton."""
