"""What one more slot of each rep is worth, and the bound that this proves."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from solver.problem import Problem

IMPOSSIBLE = np.iinfo(np.int64).min // 4
"""Gain of a move that no lead can make."""


def slot_prices(
    problem: Problem, value: NDArray[np.int64], pair: NDArray[np.int64]
) -> NDArray[np.int64]:
    """Return the least dual price of each rep's slots, exact.

    A price is the gain from the best chain of moves that one more slot starts:
    an unassigned lead takes it, or a lead of another rep does and frees a slot
    there. Chains are longest paths on the graph of reps (Bellman-Ford).

    Parameters
    ----------
    value
        Shape (n_pairs,); integer values.
    pair
        Shape (n_leads,); the optimal allocation, -1 for none.

    Returns
    -------
    NDArray
        Shape (n_reps,), in the unit of `value`.

    References
    ----------
    Ahuja, Magnanti, Orlin (1993), Network Flows, sections 5.4 and 9.4.
    """
    price, gain = _first_moves(problem, value, pair)
    for _ in range(problem.n_reps):
        through_others = (price[:, None] + gain).max(axis=0, initial=0)
        if np.all(through_others <= price):
            return price
        price = np.maximum(price, through_others)
    raise ArithmeticError("the allocation is not optimal: a cycle of moves gains")


def _first_moves(
    problem: Problem, value: NDArray[np.int64], pair: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return what a free slot gains at once, and by pulling a lead from each rep.

    Shapes (n_reps,) and (n_reps, n_reps): `gain[a, b]` moves a lead from a to b.
    """
    assigned = np.flatnonzero(pair >= 0)
    chosen = pair[assigned]
    held = np.zeros(problem.n_leads, dtype=np.int64)
    held[assigned] = value[chosen]
    # Leads that free no slot when they move are held by one rep more.
    holder = np.full(problem.n_leads, problem.n_reps)
    holder[assigned] = np.where(
        problem.uses_slot[chosen], problem.rep[chosen], problem.n_reps
    )
    slots = np.flatnonzero(problem.uses_slot)
    lead, rep = problem.lead[slots], problem.rep[slots]
    flat = np.full((problem.n_reps + 1) * problem.n_reps, IMPOSSIBLE)
    move = holder[lead] * problem.n_reps + rep
    np.maximum.at(flat, move, value[slots] - held[lead])
    gain = flat.reshape(-1, problem.n_reps)
    return np.maximum(gain[-1], 0), gain[:-1]


def dual_bound(problem: Problem, price: NDArray[np.floating[Any]]) -> float:
    """Return a value that no allocation exceeds, by weak duality.

    It holds for any prices that are not negative, whoever found them: slots are
    worth their price, and each lead its best value above it.

    Parameters
    ----------
    price
        Shape (n_reps,); not negative, in the objective's unit.
    """
    net = problem.value - np.where(problem.uses_slot, price[problem.rep], 0.0)
    best = np.where(problem.must, -np.inf, 0.0)
    np.maximum.at(best, problem.lead, net)
    return float(problem.capacity @ price + best.sum())
