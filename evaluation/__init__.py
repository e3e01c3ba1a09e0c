"""Is it better, for whom, and how sure: worlds with truth, comparison, fairness."""

from evaluation.company import Company, demo_company
from evaluation.truth import Truth

__all__ = ["Company", "Truth", "demo_company"]
