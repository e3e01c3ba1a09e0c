"""Trimming: the part of an allocation that the hard rules allow, found at once."""

from collections.abc import Iterator
from math import fsum, isfinite

import numpy as np
from numpy.typing import NDArray

from solver.policies.room import Room
from solver.problem.constraints import Limit, Share
from solver.problem.problem import Problem, random_ranks
from solver.problem.solution import Solution

ROUNDS = 30
"""Totals tried of which each rep may have a share."""


def trimmed(solution: Solution, *, seed: int) -> Solution | None:
    """Return an allocation near to one that breaks hard rules, None if none is found.

    It takes the pairs of the allocation one by one while they are allowed: first those
    that lower bounds need, then those of leads that must be assigned. Leads that lost
    their rep get another one where somebody has room. Shares are of a total that
    falls until so much is assigned.

    Parameters
    ----------
    seed
        Decides who keeps the lead where not all can.
    """
    problem = solution.problem
    order, servable = _order(solution, seed), np.diff(problem.indptr) > 0
    wanted = solution.assigned | problem.must
    totals = [fsum(share.weight[servable]) for share in problem.shares]
    for _ in range(ROUNDS):
        part = Solution(problem, _taken(_bounded(problem, totals), order, wanted))
        if not next(part.breaches(), None):
            return part
        assigned = [fsum(share.weight[part.assigned]) for share in problem.shares]
        if assigned == totals:
            break
        totals = assigned
    nothing = Solution.unassigned(problem)
    return None if next(nothing.breaches(), None) else nothing


def _order(solution: Solution, seed: int) -> NDArray[np.int64]:
    """Return the pairs in the order of their claims: the allocation's own first.

    Then the others of leads that it assigns, then those of other leads.
    """
    problem, rng = solution.problem, np.random.default_rng(seed)
    lead = random_ranks(problem.lead_ids, rng)[problem.lead]
    rep = random_ranks(problem.rep_ids, rng)[problem.rep]
    had_owner = solution.assigned[problem.lead]
    return np.lexsort((rep, lead, ~had_owner, ~solution.chosen))


def _bounded(problem: Problem, totals: list[float]) -> Problem:
    """Return the problem with bounds on sums instead of shares, given their totals."""
    limits = [limit for limit in problem.limits if limit.is_hard]
    for share, total in zip(problem.shares, totals, strict=True):
        if share.is_hard:
            limits += _of_share(problem, share, total)
    return problem.replace(limits=tuple(limits), shares=())


def _of_share(problem: Problem, share: Share, total: float) -> Iterator[Limit]:
    by_rep = np.argsort(problem.rep, kind="stable")
    ends = np.searchsorted(problem.rep[by_rep], np.arange(problem.n_reps + 1))
    for rep in np.flatnonzero(share.fair > 0):
        pair = by_rep[ends[rep] : ends[rep + 1]]
        weight, fair = share.weight[problem.lead[pair]], share.fair[rep] * total
        upper = share.upper * fair if isfinite(share.upper) else share.upper
        key = str(problem.rep_ids[rep])
        yield Limit(share.rule, "rep", key, pair, weight, share.lower * fair, upper)


def _taken(
    problem: Problem, order: NDArray[np.int64], wanted: NDArray[np.bool_]
) -> NDArray[np.int64]:
    """Return the pair of each lead when the wanted are taken in turn, (n_leads,)."""
    room, place = Room(problem), np.argsort(order)
    for limit in problem.limits:
        if limit.lower > 0:
            _fill(room, limit, limit.pair[np.argsort(place[limit.pair])])
    pairs = order[wanted[problem.lead[order]]]
    is_free = ~problem.must[problem.lead[pairs]]
    for pair in room.open_among(pairs[np.argsort(is_free, kind="stable")]):
        room.take(pair)
    return room.solution.pair


def _fill(room: Room, limit: Limit, pairs: NDArray[np.int64]) -> None:
    """Take pairs in turn until the limit's lower bound is met."""
    weight = dict(zip(limit.pair.tolist(), limit.weight.tolist(), strict=True))
    amount = limit.amount(room.solution.chosen)
    for pair in room.open_among(pairs):
        if amount >= limit.lower:
            return
        room.take(pair)
        amount += weight[pair]
