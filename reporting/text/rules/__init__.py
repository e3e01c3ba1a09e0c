"""A scenario in sentences, and its tests."""
