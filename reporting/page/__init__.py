"""The offline page of a run, and that of a model."""
