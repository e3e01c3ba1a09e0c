"""A problem as a flow network: a lead sends one unit to a rep or past them all."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from solver.problem import Problem
from solver.ties import random_ranks

LEVELS = 16
"""Steps in which a rep's load is told apart when equal allocations are balanced."""


@dataclass(frozen=True, eq=False)
class Network:
    """The arcs and supplies of a problem.

    Nodes are the leads, then the reps, then the sink. The first arcs are the
    pairs, then come the arcs from leads that may stay unassigned to the sink,
    then those from the reps to the sink.

    Attributes
    ----------
    tail, head, capacity, cost
        Shape (n_arcs,).
    pair
        Shape (n_pairs,); the problem's pair behind each of the first arcs.
    supply
        Shape (n_nodes,).
    """

    tail: NDArray[np.int32]
    head: NDArray[np.int32]
    capacity: NDArray[np.int64]
    cost: NDArray[np.int64]
    pair: NDArray[np.int64]
    supply: NDArray[np.int64]


def tie_levels(n_leads: int) -> int:
    """Return the integers that must lie between two values.

    More than all balancing costs together, so that balance decides among
    allocations of equal value and never against value.
    """
    return LEVELS * n_leads + 1


def network(problem: Problem, value: NDArray[np.int64], seed: int) -> Network:
    """Return the network in which a least-cost flow is a best allocation.

    Among allocations of equal value the flow is one that leaves the fewest leads
    unassigned, and among those one whose loads are most even, as shares of
    capacity. What is still equal breaks by the seed: nodes are numbered by a
    random order over the sorted ids.

    Parameters
    ----------
    value
        Shape (n_pairs,); integer value of each pair.
    """
    rng = np.random.default_rng(seed)
    lead_node = random_ranks(problem.lead_ids, rng)
    rep_node = random_ranks(problem.rep_ids, rng) + problem.n_leads
    sink = problem.n_leads + problem.n_reps
    pair = np.lexsort((rep_node[problem.rep], lead_node[problem.lead]))
    slot = np.where(problem.uses_slot, rep_node[problem.rep], sink)
    past = lead_node[~problem.must]
    rep_slots, level = _balanced_slots(problem)
    to_sink = np.full(len(past) + rep_slots.size, sink)
    supply = np.zeros(sink + 1, dtype=np.int64)
    supply[: problem.n_leads] = 1
    supply[sink] = -problem.n_leads
    return Network(
        tail=np.r_[
            lead_node[problem.lead[pair]], past, np.repeat(rep_node, LEVELS)
        ].astype(np.int32),
        head=np.r_[slot[pair], to_sink].astype(np.int32),
        capacity=np.r_[np.ones(len(pair) + len(past), np.int64), rep_slots.ravel()],
        cost=np.r_[
            -value[pair] * tie_levels(problem.n_leads),
            np.full(len(past), LEVELS),
            np.tile(level, problem.n_reps),
        ],
        pair=pair,
        supply=supply,
    )


def _balanced_slots(
    problem: Problem,
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the slots of each rep at each level of load, and each level's cost.

    Shapes (n_reps, LEVELS) and (LEVELS,). Where capacity is ample, the levels
    divide twice the even share, and the last one takes the rest.
    """
    level = np.arange(LEVELS)
    capacity = np.minimum(problem.capacity, problem.n_leads)
    even = -(-problem.n_leads // max(problem.n_reps, 1))
    divided = np.minimum(capacity, 2 * even)
    upper = divided[:, None] * (level + 1) // LEVELS
    upper[:, -1] = capacity
    return np.diff(upper, axis=1, prepend=0), level
