"""Whether allocation is better, and how sure that is."""
