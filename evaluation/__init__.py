"""Is it better, for whom, how sure: worlds with a known truth, and comparisons."""

from evaluation.company import Company, demo_company
from evaluation.comparison import EXPECTED, TRUE, compare_policies
from evaluation.truth import Truth

__all__ = [
    "EXPECTED",
    "TRUE",
    "Company",
    "Truth",
    "compare_policies",
    "demo_company",
]
