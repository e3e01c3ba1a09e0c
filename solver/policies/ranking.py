"""Greedy policies: pairs in a fixed order, each taken if it is still open."""

from heapq import heapify, heappop, heapreplace

import numpy as np
from numpy.typing import NDArray

from solver.policies.policy import value_blind
from solver.policies.repair import obedient
from solver.policies.room import Room
from solver.problem.problem import Problem, random_ranks
from solver.problem.solution import Solution


@obedient
def greedy(problem: Problem, rng: np.random.Generator) -> Solution:
    """Return the allocation that takes the best pair first.

    Of all pairs that may still be taken, the most valuable is taken, again and
    again; those of leads that must be assigned come first. A pair that costs more
    than leaving its lead unassigned is not taken. Ties are drawn pair by pair. Soft
    rules on pairs are part of the values; those on several pairs play no part. What a
    script with good scores and no solver does.
    """
    pairs = worthwhile(problem)
    draw = pair_draws(problem, rng)[pairs]
    worst_last = -problem.value[pairs]
    must_last = ~problem.must[problem.lead[pairs]]
    return _take(problem, pairs[np.lexsort((draw, worst_last, must_last))])


@obedient
def best_rep(problem: Problem, rng: np.random.Generator) -> Solution:
    """Return the allocation that serves the best lead first, by its best free rep.

    Leads are served in falling order of the highest value they have with anyone,
    those that must be assigned before all others. A pair that costs more than leaving
    its lead unassigned is not taken. Ties between leads and between reps are drawn.
    Soft rules on pairs are part of the values; those on several pairs play no part.
    What managers mean by hot leads to the best closers.
    """
    pairs = worthwhile(problem)
    lead = problem.lead[pairs]
    best = np.full(problem.n_leads, -np.inf)
    np.maximum.at(best, problem.lead, problem.value)
    tie = random_ranks(problem.lead_ids, rng)
    draw = pair_draws(problem, rng)[pairs]
    of_lead = tie[lead], -best[lead], ~problem.must[lead]
    return _take(problem, pairs[np.lexsort((draw, -problem.value[pairs], *of_lead))])


@value_blind
@obedient
def random(problem: Problem, rng: np.random.Generator) -> Solution:
    """Return the allocation at random: each lead to any rep who may take it.

    Leads are served in random order, those that must be assigned first; every rep
    who may take the lead is as likely as the next. Values and soft rules play no
    part. The arm to measure others against.
    """
    tie = random_ranks(problem.lead_ids, rng)
    draw = pair_draws(problem, rng)
    of_lead = tie[problem.lead], ~problem.must[problem.lead]
    return _take(problem, np.lexsort((draw, *of_lead)))


def worthwhile(problem: Problem) -> NDArray[np.int64]:
    """Return the pairs that do not cost more than leaving the lead unassigned.

    All pairs of a lead that must be assigned are among them.
    """
    least = problem.unassigned_value[problem.lead]
    return np.flatnonzero(problem.value >= least)


def pair_draws(problem: Problem, rng: np.random.Generator) -> NDArray[np.float64]:
    """Return a random number per pair, the same however leads and reps are ordered.

    Shape (n_pairs,), uniform in [0, 1).
    """
    _, lead = np.unique(problem.lead_ids.astype(str), return_inverse=True)
    _, rep = np.unique(problem.rep_ids.astype(str), return_inverse=True)
    by_id = np.lexsort((rep[problem.rep], lead[problem.lead]))
    draw = np.empty(problem.n_pairs)
    draw[by_id] = rng.random(problem.n_pairs)
    return draw


def _take(problem: Problem, pairs: NDArray[np.int64]) -> Solution:
    room = Room(problem)
    for pair in room.open_among(pairs):
        room.take(pair)
    return room.solution


@obedient
def cherry_pick(problem: Problem, rng: np.random.Generator) -> Solution:
    """Return the allocation by claims from a common queue, fast reps more often.

    What happens where a CRM lets reps pick their leads from an open queue. Each rep
    draws a speed, lognormal with a spread of one. Whoever is next, with probability
    in proportion to speed, claims the lead of highest value to themselves that they may
    take; leads that must be assigned are claimed before all others. It ends when
    nobody finds a lead. Nobody claims what costs more than leaving it unassigned.
    Ties are drawn. Soft rules on pairs are part of the values; those on several pairs
    play no part.

    Notes
    -----
    With waiting times that are exponential and as short as the rep is fast, the next
    claim comes from each rep with a probability in proportion to speed.
    """
    room = Room(problem)
    wanted = [room.open_among(pairs) for pairs in _preferences(problem, rng)]
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
    """Return each rep's pairs in order of preference."""
    pairs = worthwhile(problem)
    rep = problem.rep[pairs]
    draw = pair_draws(problem, rng)[pairs]
    must_last = ~problem.must[problem.lead[pairs]]
    order = np.lexsort((draw, -problem.value[pairs], must_last, rep))
    ends = np.cumsum(np.bincount(rep, minlength=problem.n_reps))
    return np.split(pairs[order], ends[:-1])
