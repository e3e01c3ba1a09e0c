"""The model card: where a model comes from, how good it is, whether the rep matters."""
