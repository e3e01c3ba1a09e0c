"""Labels of figures in all outputs: predictions and evidence never share one."""

EXPECTED = "model expectation"
"""A sum of the model's own probabilities over the pairs that were chosen."""
TRUTH = "ground truth"
"""What a synthetic world would really win on average, by its ground truth."""
MEASURED = "measured lift"
"""What a policy wins beyond another one, by evidence: outcomes drawn by the ground
truth of a world, or logged ones with known propensities."""
SUGGESTED = "suggested lift"
"""The same by propensities that are assumed, since queues look random: another kind of
evidence, and no measurement."""
BASELINE = "round_robin"
"""The policy that all others are compared with."""
