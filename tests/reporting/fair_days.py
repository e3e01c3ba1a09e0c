"""A small company whose leads are all assigned, and how fairly."""

import numpy as np
import pandas as pd

from evaluation import EXPECTED
from evaluation.fairness import Fairness, fairness_of
from solver import POLICIES
from tests.solver.companies import Company
from tests.solver.days import day_of

FRONTIER = pd.DataFrame(
    {
        "within": [1.0, 0.5],
        "gini": [0.3, 0.15],
        "gini of fair": [0.3, 0.15],
        EXPECTED: [10.0, 9.7],
        "kept": [1.0, 0.97],
        "at most": [1.0, 0.98],
        "proven": [True, False],
    }
)


def fairness_of_eight_leads() -> Fairness:
    """Ana has five slots, Bo three and Cy is away; eight leads are all assigned."""
    reps = [
        {"name": "Ana", "team": "a", "seniority": 1, "daily_capacity": 5},
        {"name": "Bo", "team": "a", "seniority": 2, "daily_capacity": 3},
        {"name": "Cy", "team": "b", "seniority": 2, "active": False},
    ]
    day = day_of(Company([{} for _ in range(8)], reps), {"kind": "capacity"})
    return fairness_of(day, POLICIES["optimal"](day.problem, np.random.default_rng(0)))
