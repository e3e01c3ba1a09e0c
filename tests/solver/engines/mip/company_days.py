"""Days on which the leads of a company need one owner, and reps have few hours."""

import numpy as np

from solver.problem.constraints import Group, Limit
from tests.solver.instances import problem_of


def companies(seed, n_leads=60, n_reps=8, penalty=np.inf):
    """Return a day of companies with up to four leads, each for one owner."""
    rng = np.random.default_rng(seed)
    value = rng.lognormal(0, 1, (n_leads, n_reps))
    problem = problem_of(value, rng.integers(3, 7, n_reps))
    company = rng.integers(0, n_leads // 2, n_leads)
    hours = rng.uniform(0.3, 2.0, n_leads)
    limits = tuple(
        Limit("hours", "hours", f"R{rep}", pair, hours[problem.lead[pair]], upper=4.0)
        for rep in range(n_reps)
        for pair in [np.flatnonzero(problem.rep == rep)]
    )
    groups = tuple(
        Group("one_owner", str(c), np.flatnonzero(company == c), penalty)
        for c in np.unique(company)
        if np.sum(company == c) > 1
    )
    return problem.replace(limits=limits, groups=groups)
