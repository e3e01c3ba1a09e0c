"""A trained model on disk: plain arrays and JSON, checked before it is used."""
