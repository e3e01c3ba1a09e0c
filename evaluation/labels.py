"""What every output calls a figure, so that belief and evidence never share a name."""

EXPECTED = "model expectation"
"""A sum of the model's own probabilities: what it believes of the leads it chose."""
TRUE = "known truth"
"""What a made-up world would really win, on average."""
MEASURED = "measured lift"
"""What a policy wins beyond another one, by evidence: outcomes that were drawn in a
world of known truth, or logged ones with known propensities."""
