"""Random problems with rules on several pairs, and every allocation of them."""

from dataclasses import replace
from itertools import product

import numpy as np

from solver.problem.constraints import Group, Limit, Share
from solver.problem.problem import Problem
from solver.problem.solution import Solution
from tests.solver.instances import random_problem

MOST_LEADS = 4


def with_team_limit(seed: int) -> Problem:
    """Return a small random problem that bounds the leads of the first reps.

    With the reps' slots the limit makes a tree.
    """
    problem, rng = _small(seed)
    team = rng.integers(1, problem.n_reps + 1)
    pair = np.flatnonzero(problem.rep < team)
    lower, upper = np.sort(rng.integers(0, 4, 2))
    penalty = rng.choice([np.inf, 0.3])
    ones = np.ones(len(pair))
    limit = Limit("team", "team_slot", "T", pair, ones, lower, upper, penalty)
    return problem.replace(limits=(limit,))


def with_side_rules(seed: int) -> Problem:
    """Return a small random problem with a workload, a group or two, and a share."""
    problem, rng = _small(seed)
    hours = np.round(rng.uniform(0, 2, problem.n_pairs), 1)
    pair = np.arange(problem.n_pairs)
    groups = [
        Group("one_owner", name, np.sort(rng.choice(problem.n_leads, 2, replace=False)))
        for name in "AB"[: rng.integers(3)]
        if problem.n_leads > 1
    ]
    fair = np.full(problem.n_reps, 1 / problem.n_reps)
    weight = np.round(rng.uniform(0, 1, problem.n_leads), 1)
    share = Share("fair_share", weight, fair, rng.choice([0.0, 0.5]), 2.0)
    return problem.replace(
        limits=(Limit("workload", "hours", "all", pair, hours, upper=3.0),),
        shares=(share,) * int(rng.integers(2)),
        groups=tuple(groups),
    )


def _small(seed: int) -> tuple[Problem, np.random.Generator]:
    rng = np.random.default_rng(seed)
    while True:
        problem = random_problem(int(rng.integers(2**31)))
        if problem.n_leads <= MOST_LEADS:
            return problem, rng


def every_feasible(problem: Problem) -> list[Solution]:
    """Return every allocation that obeys the hard rules."""
    options = [[-1, *range(*problem.indptr[i : i + 2])] for i in range(problem.n_leads)]
    allocations = (Solution(problem, np.array(each)) for each in product(*options))
    return [each for each in allocations if not any(each.breaches())]


def reordered(problem: Problem, seed: int) -> Problem:
    """Return the same problem with its leads and reps in another order."""
    rng = np.random.default_rng(seed)
    leads, reps = rng.permutation(problem.n_leads), rng.permutation(problem.n_reps)
    lead_now, rep_now = np.argsort(leads), np.argsort(reps)
    pairs = np.lexsort((rep_now[problem.rep], lead_now[problem.lead]))
    pair_now = np.argsort(pairs)
    return problem.replace(
        lead_ids=problem.lead_ids[leads],
        rep_ids=problem.rep_ids[reps],
        indptr=np.append(0, np.cumsum(np.diff(problem.indptr)[leads])),
        rep=rep_now[problem.rep[pairs]].astype(np.int32),
        value=problem.value[pairs],
        capacity=problem.capacity[reps],
        arrival=problem.arrival[leads],
        must=problem.must[leads],
        uses_slot=problem.uses_slot[pairs],
        skip_cost=problem.skip_cost[leads],
        limits=tuple(_reordered(limit, pair_now) for limit in problem.limits),
        shares=tuple(
            replace(share, weight=share.weight[leads], fair=share.fair[reps])
            for share in problem.shares
        ),
        groups=tuple(
            replace(group, lead=np.sort(lead_now[group.lead]))
            for group in problem.groups
        ),
    )


def _reordered(limit: Limit, pair_now: np.ndarray) -> Limit:
    pair = pair_now[limit.pair]
    order = np.argsort(pair)
    return replace(limit, pair=pair[order], weight=limit.weight[order])


def owners(solution: Solution) -> dict[str, str]:
    """Return lead id -> rep id of the assigned leads."""
    problem = solution.problem
    return {
        problem.lead_ids[lead]: problem.rep_ids[solution.rep_of[lead]]
        for lead in np.flatnonzero(solution.assigned)
    }
