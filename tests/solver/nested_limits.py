"""Random problems whose limits mostly lie inside each other, for brute force."""

import numpy as np

from solver.problem.constraints import Limit
from solver.problem.problem import Problem
from tests.solver.instances import random_problem

SIXTY_FOURTH = 1 / 64
"""Values are multiples of it, so that their sums are exact."""


def random_nested(seed: int) -> Problem:
    """Return up to 6 leads and 3 reps with limits per rep, per team and for hot leads.

    Bounds are lower, upper or both, hard or soft; an unassigned lead may cost.
    """
    rng = np.random.default_rng(seed)
    problem = random_problem(seed)
    hot = (rng.random(problem.n_leads) < 0.5)[problem.lead]
    takes, rep = problem.uses_slot, problem.rep
    within = takes if rng.random() < 0.7 else np.ones_like(takes)
    kinds = {
        "hot": [takes & hot & (rep == j) for j in range(problem.n_reps)],
        "rep": [within & (rep == j) for j in range(problem.n_reps)],
        "team": [rep % 2 == team for team in (0, 1)],
    }
    limits = [
        random_limit(rng, name, f"{name} {key}", np.flatnonzero(pairs))
        for name, sets in kinds.items()
        if rng.random() < 0.6
        for key, pairs in enumerate(sets)
    ]
    return problem.replace(
        value=exact(problem.value),
        skip_cost=exact(rng.random(problem.n_leads)) * (rng.random() < 0.3),
        limits=tuple(limits),
    )


def random_limit(
    rng: np.random.Generator, rule: str, key: str, pair: np.ndarray
) -> Limit:
    """Return random bounds on the number of these pairs."""
    lower = int(rng.integers(0, 3)) if rng.random() < 0.4 else 0
    upper = lower + int(rng.integers(0, 3)) if rng.random() < 0.7 else np.inf
    penalty = np.inf if rng.random() < 0.5 else float(rng.choice([0, 0.125, 0.5, 5]))
    return Limit(rule, rule, key, pair, np.ones(len(pair)), lower, upper, penalty)


def exact(value: np.ndarray) -> np.ndarray:
    """Return the nearest multiples of a sixty-fourth."""
    return np.rint(value / SIXTY_FOURTH) * SIXTY_FOURTH
