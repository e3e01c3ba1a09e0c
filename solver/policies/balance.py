"""Who has room, or is owed a lead: policies that even out loads."""

import numpy as np
from numpy.typing import NDArray

from solver.policies.policy import value_blind
from solver.policies.repair import obedient
from solver.policies.turns import by_arrival, serve
from solver.problem.problem import Problem
from solver.problem.solution import Solution
from solver.problem.ties import random_ranks


@value_blind
@obedient
def load_balancing(problem: Problem, rng: np.random.Generator) -> Solution:
    """Return the allocation that always gives to the rep with most free slots.

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
    """Return the allocation that always gives to the rep who lags furthest behind.

    A rep's share of the leads given so far should be that of capacity, all reps
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
