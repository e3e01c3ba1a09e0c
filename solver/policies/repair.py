"""Repair of allocations that break hard rules, and policies that repair theirs."""

from functools import wraps
from math import inf

import numpy as np
from numpy.typing import NDArray

from solver.engines import solve
from solver.policies.limited import Attempt, with_limit
from solver.policies.policy import Policy, PolicyError
from solver.policies.trimming import trimmed
from solver.problem.deadline import Deadline
from solver.problem.problem import Problem
from solver.problem.result import Status
from solver.problem.solution import Solution


def obedient(policy: Policy, name: str = "") -> Policy:
    """Return the policy, repaired wherever its allocation breaks a hard rule.

    Parameters
    ----------
    name
        What the policy is called in messages; by default its own name.

    Raises
    ------
    PolicyError
        When the policy returns anything but a solution of the problem it was given.
    """

    def limited(problem: Problem, rng: np.random.Generator, seconds: float) -> Attempt:
        deadline, solution = Deadline.after(seconds), policy(problem, rng)
        if fault := _fault(solution, problem):
            called = name or getattr(policy, "__name__", repr(policy))
            raise PolicyError(f"policy {called} {fault}")
        if not any(solution.breaches()):
            return Attempt(solution, True)
        seed = int(rng.integers(2**31))
        return repaired(solution, seed=seed, time_limit=deadline.seconds)

    @wraps(policy)
    def obeying(problem: Problem, rng: np.random.Generator) -> Solution:
        return limited(problem, rng, inf).solution

    return with_limit(obeying, limited)


def _fault(solution: Solution, problem: Problem) -> str:
    """Return why this is no allocation of the problem; empty if it is one."""
    if not (isinstance(solution, Solution) and solution.problem is problem):
        return "returned no Solution of the problem given"
    pair = solution.pair
    if np.shape(pair) != (problem.n_leads,) or np.asarray(pair).dtype.kind not in "iu":
        return f"must give an array of whole numbers, shape ({problem.n_leads},)"
    first, end = problem.indptr[:-1], problem.indptr[1:]
    foreign = (pair != -1) & ((pair < first) | (pair >= end))
    if foreign.any():
        lead = int(foreign.argmax())
        return (
            f"gave lead {problem.lead_ids[lead]} the pair {pair[lead]}; its own are "
            f"{first[lead]} to {end[lead] - 1}, and -1 is unassigned"
        )
    return ""


def repaired(solution: Solution, *, seed: int, time_limit: float = inf) -> Attempt:
    """Return the feasible allocation nearest to one that breaks hard rules.

    It keeps as many owners as possible. Other leads that had an owner get another one
    where possible; the rest stay unassigned. Values play no part, so that nothing is
    gained by repair. Where no allocation is feasible, all leads stay unassigned.

    Where time runs out, the nearest found, the :func:`.trimmed` one among them; all
    leads stay unassigned where none was found that obeys the rules.

    Parameters
    ----------
    seed
        Breaks ties.
    time_limit
        Seconds.
    """
    problem = solution.problem
    nearest = problem.replace(
        value=_likeness(solution),
        skip_cost=np.zeros(problem.n_leads),
        limits=tuple(limit for limit in problem.limits if limit.is_hard),
        shares=tuple(share for share in problem.shares if share.is_hard),
        groups=tuple(group for group in problem.groups if group.is_hard),
    )
    found = []
    if time_limit > 0:
        result = solve(nearest, seed=seed, time_limit=time_limit)
        if result.status in {Status.OPTIMAL, Status.INFEASIBLE}:
            return Attempt(Solution(problem, result.solution.pair), True)
        found += [result.solution] if result.status.has_solution else []
    found += [part] if (part := trimmed(solution, seed=seed)) else []
    liking = [Solution(nearest, each.pair) for each in found]
    best = max(
        liking, key=lambda each: each.value, default=Solution.unassigned(nearest)
    )
    return Attempt(Solution(problem, best.pair), False)


def _likeness(solution: Solution) -> NDArray[np.float64]:
    """Return 1 for chosen pairs, and for others less than 1 over all leads together."""
    problem = solution.problem
    little = 1 / (problem.n_leads + 1)
    had_owner = solution.assigned[problem.lead]
    return np.where(solution.chosen, 1.0, np.where(had_owner, little, -little))
