"""Random problems with limits, shares and groups, and their optimum by trying all."""

from collections.abc import Iterator
from functools import cache
from itertools import product

import numpy as np

from solver.problem.constraints import Group, Limit, Share
from solver.problem.problem import Problem
from solver.problem.solution import Solution
from tests.solver.instances import random_problem


def random_side_problem(seed: int) -> Problem:
    """Return up to 6 leads and 3 reps, with some limits, shares and groups."""
    rng = np.random.default_rng([seed, 1])
    base = random_problem(seed)
    problem = base.replace(
        skip_cost=np.round(rng.uniform(0, 0.3, base.n_leads), 2) * (rng.random() < 0.4)
    )
    return problem.replace(
        limits=tuple(
            _limit(problem, rng, number) for number in range(rng.integers(0, 4))
        ),
        shares=(_share(problem, rng),) if rng.random() < 0.4 else (),
        groups=tuple(
            _group(problem, rng, number) for number in range(rng.integers(0, 3))
        ),
    )


def best_of_all(problem: Problem) -> float | None:
    """Return the best objective over every allocation, or None where none is feasible.

    Every allocation is judged by Solution, which knows nothing of any engine.
    """
    return max((s.objective for s in feasible(problem)), default=None)


def best_with_each(problem: Problem) -> dict[int, float]:
    """Return pair -> best objective over every allocation with it, where there is one.

    As :func:`best_of_all`, which each pair alone would ask for once more.
    """
    best: dict[int, float] = {}
    for solution in feasible(problem):
        for pair in solution.pair[solution.assigned].tolist():
            best[pair] = max(best.get(pair, -np.inf), solution.objective)
    return best


def feasible(problem: Problem) -> Iterator[Solution]:
    """Yield every allocation in which no rule is broken."""
    options = [[*range(*problem.indptr[i : i + 2]), -1] for i in range(problem.n_leads)]
    for pair in product(*options):
        solution = Solution(problem, np.array(pair))
        if next(solution.breaches(), None) is None:
            yield solution


@cache
def best_of_seed(seed: int) -> float | None:
    """Return the best objective of the random problem of this seed."""
    return best_of_all(random_side_problem(seed))


def _penalty(rng: np.random.Generator) -> float:
    return float(rng.choice([np.inf, 0.05, 0.3, 2.0]))


def _limit(problem: Problem, rng: np.random.Generator, number: int) -> Limit:
    """Return hours, or a number of leads, of some pairs; bounds often met exactly."""
    pair = np.flatnonzero(rng.random(problem.n_pairs) < 0.7)
    in_hours = rng.random() < 0.6
    weight = (
        np.round(rng.uniform(0.1, 2, len(pair)), 1) if in_hours else np.ones(len(pair))
    )
    total = float(weight.sum())
    upper = round(rng.uniform(0, 0.7) * total, 1) if rng.random() < 0.8 else np.inf
    lower = 0.0
    if rng.random() < 0.3:
        lower = min(round(rng.uniform(0, 0.4) * total, 1), upper)
    if not in_hours:
        lower, upper = np.floor(lower), np.floor(upper)
    return Limit(
        f"limit {number}", "hours", "K", pair, weight, lower, upper, _penalty(rng)
    )


def _share(problem: Problem, rng: np.random.Generator) -> Share:
    fair = rng.integers(0, 3, problem.n_reps).astype(float)
    fair[0] += not fair.any()
    return Share(
        "share",
        np.round(rng.uniform(0, 1, problem.n_leads), 1),
        fair / fair.sum(),
        float(rng.choice([0.0, 0.5])),
        float(rng.choice([1.2, 1.5, 2.0, np.inf])),
        _penalty(rng),
    )


def _group(problem: Problem, rng: np.random.Generator, number: int) -> Group:
    size = rng.integers(2, 5)
    lead = rng.permutation(problem.n_leads)[:size]
    return Group(f"group {number}", "K", np.sort(lead), _penalty(rng))
