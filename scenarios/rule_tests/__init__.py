"""Tests of a scenario: example leads decided alone, and what they leave untested."""
