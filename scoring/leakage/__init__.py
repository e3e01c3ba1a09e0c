"""Target leakage: columns that are only known afterwards, named and left out."""
