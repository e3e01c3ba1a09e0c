"""Statistics that several parts of scoring share: likelihoods, multiple testing."""
