"""The dual function and what is read off it: choices, thresholds, starting prices."""
