"""Leads in order of arrival: rotation among reps, and load balancing."""

import numpy as np
from numpy.typing import NDArray

from solver.policies.policy import value_blind
from solver.policies.repair import obedient
from solver.policies.turns import by_arrival, first_queue, serve
from solver.problem.problem import Problem, random_ranks
from solver.problem.solution import Solution


@value_blind
@obedient
def round_robin(problem: Problem, rng: np.random.Generator) -> Solution:
    """Return the allocation by rotation, in order of arrival.

    Every lead goes to the eligible rep with a free slot whose last lead was assigned
    longest ago, on an earlier day as well if the problem knows it. Leads that must be
    assigned draw first, so that they find room. Values play no part, nor do soft rules.

    Parameters
    ----------
    rng
        Draws the first rotation where it is not known, and the order of leads that
        arrived together.

    References
    ----------
    Microsoft Learn, Dynamics 365 Sales, "Understand record distribution in assignment
    rules": round robin.
    """
    queue = first_queue(problem, rng)
    return serve(problem, by_arrival(problem, rng), queue)


@value_blind
@obedient
def weighted_round_robin(problem: Problem, rng: np.random.Generator) -> Solution:
    """Return the allocation by turns in proportion to capacity, in order of arrival.

    The day is one cycle in which each rep has as many turns as slots, evenly spread
    from a start that is drawn. Every lead goes to the rep who may take it and whose
    next turn is earliest; who is passed over keeps the turn. Values and soft rules
    play no part.

    Parameters
    ----------
    rng
        Draws each rep's start, and the order of leads that arrived together.

    References
    ----------
    Frappe Framework documentation, "Assignment Rule": turns in the ratio of weights.
    """
    rank = random_ranks(problem.rep_ids, rng)
    start = rng.random(problem.n_reps)[rank]
    turns = np.maximum(problem.capacity, 1)

    def next_turn(
        taken: NDArray[np.int64], reps: NDArray[np.int32]
    ) -> tuple[NDArray[np.float64]]:
        return ((taken[reps] + start[reps]) / turns[reps],)

    return serve(problem, by_arrival(problem, rng), rank, next_turn)


@obedient
def odoo(problem: Problem, rng: np.random.Generator) -> Solution:
    """Return the allocation that assigns the likeliest leads to the head of a queue.

    Leads are served in falling order of probability, here the mean value over the
    eligible reps, since the score knows no rep. Reps queue by free slots, most first.
    The first who may take a lead gets it and goes to the end of the queue. Who
    suits the lead plays no part; of soft rules only what they take off that mean.

    Parameters
    ----------
    rng
        Draws the order of reps with as many slots, and of leads as likely that
        arrived together.

    References
    ----------
    Odoo documentation, CRM, "Assign leads with predictive lead scoring": rule-based
    assignment.
    """
    tie = random_ranks(problem.rep_ids, rng)
    queue = np.argsort(np.lexsort((tie, -problem.capacity)))
    arrived = np.argsort(by_arrival(problem, rng))
    leads = np.lexsort((arrived, -mean_value(problem), ~problem.must))
    return serve(problem, leads, queue)


def mean_value(problem: Problem) -> NDArray[np.float64]:
    """Return each lead's mean value over its pairs, 0 without any, shape (n_leads,).

    Summed in order of value, so that the order of reps leaves not even a rounding
    error behind.
    """
    rising = np.lexsort((problem.value, problem.lead))
    total = np.bincount(problem.lead, problem.value[rising], problem.n_leads)
    return total / np.maximum(np.diff(problem.indptr), 1)


@value_blind
@obedient
def load_balancing(problem: Problem, rng: np.random.Generator) -> Solution:
    """Return the allocation that always assigns to the rep with most free slots.

    Leads are served in order of arrival. Room is counted in slots, not as a share of
    capacity; reps with equal room take turns. Values and soft rules play no part.

    References
    ----------
    Microsoft Learn, Dynamics 365 Sales, "Understand record distribution in assignment
    rules": load balancing.
    """

    def least_room_last(
        taken: NDArray[np.int64], reps: NDArray[np.int32]
    ) -> tuple[NDArray[np.int64]]:
        return (taken[reps] - problem.capacity[reps],)

    queue = random_ranks(problem.rep_ids, rng)
    return serve(problem, by_arrival(problem, rng), queue, least_room_last)


@value_blind
@obedient
def shortfall(problem: Problem, rng: np.random.Generator) -> Solution:
    """Return the allocation that always assigns to the rep furthest below their share.

    A rep's share of the leads assigned so far should be that of capacity, all reps
    counted, also those who may not take the lead; the shortfall is what is missing.
    Between equals the larger capacity comes first, then who has waited longest.
    Leads are served in order of arrival; those that take no slot do not count.
    Values and soft rules play no part, nor does what was assigned before today.

    References
    ----------
    Cal.com documentation, "Round-robin scheduling": weights.
    """
    weight, total = problem.capacity, problem.capacity.sum()

    def largest_shortfall(
        taken: NDArray[np.int64], reps: NDArray[np.int32]
    ) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        ahead = taken[reps] * total - taken.sum() * weight[reps]
        return -weight[reps], ahead

    queue = random_ranks(problem.rep_ids, rng)
    return serve(problem, by_arrival(problem, rng), queue, largest_shortfall)
