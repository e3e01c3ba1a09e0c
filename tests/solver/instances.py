"""Problems to solve: two by hand, and random ones small enough for brute force."""

from itertools import product

import numpy as np

from solver.problem.problem import Problem


def problem_of(value, capacity, **changes) -> Problem:
    """Return the problem of a small table, NaN where a pair is not eligible."""
    value = np.asarray(value, dtype=float)
    eligible = ~np.isnan(value)
    n_leads, n_reps = value.shape
    base = Problem(
        lead_ids=np.array([f"L{i}" for i in range(n_leads)], dtype=object),
        rep_ids=np.array([f"R{j}" for j in range(n_reps)], dtype=object),
        indptr=np.concatenate([[0], np.cumsum(eligible.sum(axis=1))]),
        rep=np.nonzero(eligible)[1].astype(np.int32),
        value=value[eligible],
        capacity=np.asarray(capacity, dtype=np.int64),
        arrival=np.arange(n_leads),
        must=np.zeros(n_leads, dtype=bool),
        uses_slot=np.ones(eligible.sum(), dtype=bool),
        skip_cost=np.zeros(n_leads),
    )
    return base.replace(**changes)


def two_by_two() -> Problem:
    """One slot each. Greedy takes .9 and leaves .1: 1.0. The optimum is .8 + .7."""
    return problem_of([[0.9, 0.8], [0.7, 0.1]], [1, 1])


def four_by_three() -> Problem:
    """R0 has two slots, R1 one, R2 none; L3 may go to R2 alone, so it stays.

    L0 and L1 are best with R0 (.5, .4), L2 with R1 (.6): 1.5.
    """
    nan = np.nan
    value = [[0.5, 0.3, 0.1], [0.4, nan, 0.3], [0.2, 0.6, 0.2], [nan, nan, 0.9]]
    return problem_of(value, [2, 1, 0])


def random_problem(seed: int) -> Problem:
    """Return up to 6 leads and 3 reps with every feature a problem can have."""
    rng = np.random.default_rng(seed)
    n_leads, n_reps = rng.integers(1, 7), rng.integers(1, 4)
    value = np.round(rng.uniform(-0.2, 1, (n_leads, n_reps)), rng.integers(1, 4))
    value[rng.random(value.shape) < 0.3] = np.nan
    n_pairs = int((~np.isnan(value)).sum())
    return problem_of(
        value,
        rng.integers(0, 4, n_reps),
        must=rng.random(n_leads) < 0.1,
        uses_slot=rng.random(n_pairs) < 0.9,
    )


def brute_force(problem: Problem) -> float | None:
    """Return the best value over every allocation, or None where none is feasible."""
    options = [
        list(range(*problem.indptr[i : i + 2])) + [-1] * (not problem.must[i])
        for i in range(problem.n_leads)
    ]
    values = [
        sum(problem.value[p] for p in chosen if p >= 0)
        for chosen in product(*options)
        if _fits(problem, chosen)
    ]
    return max(values, default=None)


def _fits(problem: Problem, chosen: tuple[int, ...]) -> bool:
    used = [problem.rep[p] for p in chosen if p >= 0 and problem.uses_slot[p]]
    return all(used.count(j) <= room for j, room in enumerate(problem.capacity))
