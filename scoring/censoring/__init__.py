"""Right-censored outcomes: open leads, and the closed ones that stand for them."""
