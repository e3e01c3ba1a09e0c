"""Reps who help themselves."""

from heapq import heapify, heappop, heapreplace

import numpy as np
from numpy.typing import NDArray

from solver.policies.ranking import pair_draws, worthwhile
from solver.policies.repair import obedient
from solver.policies.room import Room
from solver.problem.problem import Problem
from solver.problem.solution import Solution
from solver.problem.ties import random_ranks


@obedient
def cherry_pick(problem: Problem, rng: np.random.Generator) -> Solution:
    """Return the allocation by claims from a common queue, fast reps more often.

    What happens where a CRM lets reps pick their leads from an open queue. Each rep
    draws a speed, lognormal with a spread of one. Whoever is next, with probability
    in proportion to speed, claims the lead of highest value to themselves that they may
    take; leads that must be assigned are claimed before all others. It ends when
    nobody finds a lead. Nobody claims what costs more than leaving it over. Ties are
    drawn. Soft rules on pairs are part of the values; those on several pairs play no
    part.

    Notes
    -----
    With waiting times that are exponential and as short as the rep is fast, the next
    claim comes from each rep with a probability in proportion to speed.
    """
    room = Room(problem)
    wanted = [room.open_ones(pairs) for pairs in _preferences(problem, rng)]
    rank = random_ranks(problem.rep_ids, rng)
    pause = 1 / rng.lognormal(size=problem.n_reps)[rank]
    first = pause * rng.exponential(size=problem.n_reps)[rank]
    clock = list(zip(first, range(problem.n_reps), strict=True))
    heapify(clock)
    while clock:
        now, rep = clock[0]
        pair = next(wanted[rep], None)
        if pair is None:
            heappop(clock)
            continue
        room.take(pair)
        heapreplace(clock, (now + pause[rep] * rng.exponential(), rep))
    return room.solution


def _preferences(problem: Problem, rng: np.random.Generator) -> list[NDArray[np.int64]]:
    """Return each rep's pairs, the one claimed first first."""
    pairs = worthwhile(problem)
    rep = problem.rep[pairs]
    draw = pair_draws(problem, rng)[pairs]
    must_last = ~problem.must[problem.lead[pairs]]
    order = np.lexsort((draw, -problem.value[pairs], must_last, rep))
    ends = np.cumsum(np.bincount(rep, minlength=problem.n_reps))
    return np.split(pairs[order], ends[:-1])
