"""The rows and cells of history that a model is fitted on."""
