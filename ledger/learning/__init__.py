"""Outcomes that come in, history for models, and which model was kept."""
