"""Keys of a source: which columns of a file are ours, and how its cells are written."""
