"""The model card: a model's training, validation and findings."""
