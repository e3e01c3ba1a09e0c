"""A model fitted again, and kept only where it is not worse than the one before."""
