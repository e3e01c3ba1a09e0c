"""The deal value of won leads."""
