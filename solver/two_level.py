"""Two-level distribution: leads to teams first, then inside each team."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from time import perf_counter

import numpy as np
from numpy.typing import NDArray

from solver.building.day import Day
from solver.engines import solve
from solver.problem.constraints import Limit
from solver.problem.problem import Problem
from solver.problem.result import Result, Status
from solver.problem.solution import Solution

SUFFIX = ", two-level"


def is_two_level(result: Result) -> bool:
    """Tell whether a result was decided by teams first."""
    return result.engine.endswith(SUFFIX)


def solve_two_level(
    day: Day, *, seed: int, time_limit: float, effort: int | None = None
) -> Result:
    """Return the allocation by teams first, with the bound of deciding at once.

    The first step sees a lead's mean value over the team's eligible reps, the
    team's slots, and the rules on teams. The second decides inside each team; where
    a rule cannot hold so, leads leave their team. The gap of the result is what the
    two steps cost against one.

    Parameters
    ----------
    seed
        Breaks ties.
    time_limit
        Seconds for all steps together.
    effort
        Work after which each step ends, as for :func:`solver.solve`.
    """
    deadline = perf_counter() + time_limit
    problem, team = day.problem, _team_of_rep(day)
    work = partial(solve, seed=seed, effort=effort)
    at_once = work(problem, time_limit=time_limit / 3)
    if at_once.status == Status.INFEASIBLE:
        return _without_solution(problem, at_once)
    remaining = max(deadline - perf_counter(), 0.0)
    by_team = work(_by_team(day, team), time_limit=remaining / 2)
    if not by_team.status.has_solution:
        return _without_solution(problem, by_team)
    team_of_lead = by_team.solution.rep_of[problem.lead]
    kept = (team[problem.rep] == team_of_lead) | (team_of_lead < 0)
    inside = _inside(problem, kept, work, deadline)
    if not inside.status.has_solution:
        return _without_solution(problem, inside)
    solution = Solution(problem, inside.solution.pair)
    status = Status.proven(solution, at_once.bound)
    prices = inside.price, inside.limit_price
    engine = inside.engine + SUFFIX
    steps = at_once, by_team, inside
    is_reproducible = all(step.is_reproducible for step in steps)
    return Result(
        status,
        solution,
        at_once.bound,
        *prices,
        engine,
        is_reproducible=is_reproducible,
    )


def _without_solution(problem: Problem, step: Result) -> Result:
    return Result.without_solution(problem, step.status, step.engine + SUFFIX)


def _inside(
    problem: Problem,
    kept: NDArray[np.bool_],
    work: Callable[..., Result],
    deadline: float,
) -> Result:
    """Return the allocation inside the teams, or the nearest that the rules allow."""
    remaining = max(deadline - perf_counter(), 0.0)
    inside = work(problem.restricted(kept), time_limit=remaining)
    if inside.status != Status.INFEASIBLE:
        whole = np.append(np.flatnonzero(kept), -1)
        pair = whole[inside.solution.pair]
        return replace(inside, solution=Solution(problem, pair))
    # Dearer than anything that a lead could win by leaving its team.
    dearest = np.abs(problem.value).max(initial=0.0)
    apart = 1.0 + 2.0 * (dearest + problem.skip_cost.max(initial=0.0))
    loose = problem.replace(value=problem.value - np.where(kept, 0.0, apart))
    remaining = max(deadline - perf_counter(), 0.0)
    return work(loose, time_limit=remaining)


def _team_of_rep(day: Day) -> NDArray[np.int32]:
    """Return the number of each rep's team, shape (n_reps,); "" is one as well."""
    return np.unique(day.crm.reps["team"].astype(str), return_inverse=True)[1].astype(
        np.int32
    )


def _by_team(day: Day, team: NDArray[np.int32]) -> Problem:
    """Return the problem whose reps are the teams."""
    problem, n_teams = day.problem, int(team.max(initial=-1)) + 1
    key = problem.lead * n_teams + team[problem.rep]
    pairs, of_pair, size = np.unique(key, return_inverse=True, return_counts=True)
    lead = pairs // max(n_teams, 1)
    slots = np.where(day.available, np.minimum(problem.capacity, problem.n_leads), 0)
    mean = np.bincount(of_pair, problem.value, len(pairs)) / size
    takes = np.bincount(of_pair, problem.uses_slot, len(pairs)) == size
    return problem.replace(
        rep_ids=np.array([f"team {number}" for number in range(n_teams)], object),
        indptr=np.searchsorted(lead, np.arange(problem.n_leads + 1)),
        rep=(pairs % max(n_teams, 1)).astype(np.int32),
        value=mean,
        capacity=np.bincount(team, slots, n_teams).astype(np.int64),
        uses_slot=takes,
        limits=_team_limits(problem, of_pair, size),
        shares=(),
    )


def _team_limits(
    problem: Problem, of_pair: NDArray[np.int64], size: NDArray[np.int64]
) -> tuple[Limit, ...]:
    """Return the limits that speak of whole teams, over pairs of lead and team."""
    limits = []
    for limit in problem.limits:
        pair, first, count = np.unique(
            of_pair[limit.pair], return_index=True, return_counts=True
        )
        if limit.counts_leads and np.array_equal(count, size[pair]):
            limits.append(replace(limit, pair=pair, weight=limit.weight[first]))
    return tuple(limits)
