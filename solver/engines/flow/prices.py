"""Exact dual prices of slots and limits, and the bound that they prove."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from solver.engines.flow.scaling import Grid
from solver.engines.flow.tree import Tree
from solver.problem.problem import Problem

EPSILON = np.finfo(np.longdouble).eps
COARSE = 4 * np.finfo(float).eps
"""Part of its size by which a sum of few numbers may be off, amply."""
IMPOSSIBLE = np.iinfo(np.int64).min // 4
"""Gain of a move that no lead can make."""

Moves = tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]
"""Tail and head node of each move, and its gain; shape (n_moves,) each."""


class NotOptimalError(ArithmeticError):
    """The allocation is not optimal, so it has no dual prices."""


def tree_prices(
    problem: Problem, tree: Tree, grid: Grid, pair: NDArray[np.int64]
) -> NDArray[np.int64]:
    """Return the dual price of each node's bound, exact.

    The price of a node and of all around it together is the gain from the best
    chain of moves that one more slot in each of them starts: an unassigned lead
    takes it, or a lead of another node does and frees a slot there. Chains are
    longest paths on the graph of nodes (Bellman-Ford).

    Parameters
    ----------
    grid
        The problem in integers.
    pair
        Shape (n_leads,); the optimal allocation, -1 for none.

    Returns
    -------
    NDArray
        Shape (n_nodes,), in steps of the grid: not negative where the upper bound
        binds, not positive where the lower does.

    Raises
    ------
    NotOptimalError
        Where the allocation is not optimal on this grid.

    References
    ----------
    Ahuja, Magnanti, Orlin (1993), Network Flows, sections 5.4 and 9.4.
    """
    moves = (
        _moves(problem, tree, grid, pair),
        _through_bounds(problem, tree, grid, pair),
    )
    tail, head, gain = (np.concatenate(parts) for parts in zip(*moves, strict=True))
    # Requirements that no further lead could meet are priced beyond every chain.
    reach = np.full(tree.root + 1, -(np.abs(gain).sum() + 1))
    reach[tree.root] = 0
    for _ in range(tree.root + 1):
        further = reach.copy()
        np.maximum.at(further, head, reach[tail] + gain)
        if np.array_equal(further, reach):
            return reach[:-1] - reach[tree.parent]
        reach = further
    raise NotOptimalError("a cycle of moves gains")


def _moves(problem: Problem, tree: Tree, grid: Grid, pair: NDArray[np.int64]) -> Moves:
    """Return the best gain of a lead that leaves a node and enters another.

    The root holds the leads without an owner.
    """
    assigned = np.flatnonzero(pair >= 0)
    held = -grid.skip_cost
    held[assigned] = grid.value[pair[assigned]]
    holder = np.full(problem.n_leads, tree.root)
    holder[assigned] = tree.leaf[pair[assigned]]
    size = tree.root + 1
    best = np.full(size * size, IMPOSSIBLE)
    move = holder[problem.lead] * size + tree.leaf
    np.maximum.at(best, move, grid.value - held[problem.lead])
    leave = assigned[~problem.must[assigned]]
    out = holder[leave] * size + tree.root
    np.maximum.at(best, out, -grid.skip_cost[leave] - held[leave])
    known = np.flatnonzero(best > IMPOSSIBLE)
    return known // size, known % size, best[known]


def _through_bounds(
    problem: Problem, tree: Tree, grid: Grid, pair: NDArray[np.int64]
) -> Moves:
    """Return the gain of passing a node's bound, outwards and inwards."""
    flow, node = tree.flow(pair), np.arange(tree.root)
    penalty = np.concatenate([np.zeros(problem.n_reps, np.int64), grid.penalty])
    more = np.where(flow < tree.lower, penalty, 0)
    more = np.where(flow >= tree.upper, -penalty, more)
    fewer = np.where(flow > tree.upper, penalty, 0)
    fewer = np.where((flow <= tree.lower) & (tree.lower > 0), -penalty, fewer)
    grows = tree.is_soft | (flow < tree.upper)
    shrinks = tree.is_soft | (flow > tree.lower) | (tree.lower == 0)
    return (
        np.concatenate([node[grows], tree.parent[shrinks]]),
        np.concatenate([tree.parent[grows], node[shrinks]]),
        np.concatenate([more[grows], fewer[shrinks]]),
    )


def dual_bound(
    problem: Problem,
    price: NDArray[np.floating[Any]],
    limit_price: NDArray[np.floating[Any]] | None = None,
    *,
    capacity: NDArray[np.int64] | None = None,
) -> float:
    """Return an upper bound of the objective, by weak duality.

    It holds for any prices, whoever found them: slots and limits count their price, and
    each lead its best value above them; leads that need one owner have it together
    under the best one. Prices below zero of slots are taken as zero,
    those above the penalty of a limit as the penalty; rounding errors are added.

    Parameters
    ----------
    price
        Shape (n_reps,); of the reps' slots, in the objective's unit.
    limit_price
        Shape (n_limits,); none by default.
    capacity
        Shape (n_reps,); slots that count, by default those of the problem.
    """
    limit_prices = np.zeros(0) if limit_price is None else limit_price
    is_kept = _contending(problem, price, limit_prices)
    position = np.concatenate([[0], np.cumsum(is_kept)])
    rep, value = problem.rep[is_kept], problem.value[is_kept]
    price = np.maximum(price, 0.0).astype(np.longdouble)
    paid = np.where(problem.uses_slot[is_kept], price[rep], 0.0)
    held = [*(problem.capacity if capacity is None else capacity) * price]
    for limit, of_limit in zip(problem.limits, limit_prices, strict=False):
        if of_limit:
            of_limit = np.longdouble(np.clip(of_limit, -limit.penalty, limit.penalty))
            kept = limit.restricted(is_kept, position)
            paid[kept.pair] += of_limit * kept.weight
            held.append(of_limit * (limit.upper if of_limit > 0 else limit.lower))
    unassigned = problem.unassigned_value
    best = unassigned.astype(np.longdouble)
    rounding = EPSILON * (len(problem.limits) + 4 + np.log2(len(best) + 1))
    size = np.abs(value) + np.abs(paid)
    gain = value - paid + rounding * size
    np.maximum.at(best, problem.lead[is_kept], gain)
    best = _under_one_owner(problem, gain, unassigned, best, rounding)
    terms = np.concatenate([held, best])
    finite = terms[np.isfinite(terms)]
    return float(terms.sum() + rounding * np.abs(finite).sum())


def _contending(
    problem: Problem,
    price: NDArray[np.floating[Any]],
    limit_prices: NDArray[np.floating[Any]],
) -> NDArray[np.bool_]:
    """Tell which pairs may be the best of their lead, shape (n_pairs,).

    Few are left for arithmetic of many digits. Leads of a group keep all of theirs.
    """
    if problem.groups:
        return np.ones(problem.n_pairs, dtype=bool)
    paid = np.where(problem.uses_slot, np.maximum(price, 0.0)[problem.rep], 0.0)
    size = np.abs(problem.value) + paid
    for limit, of_limit in zip(problem.limits, limit_prices, strict=False):
        of_pair = np.clip(of_limit, -limit.penalty, limit.penalty) * limit.weight
        paid[limit.pair] += of_pair
        size[limit.pair] += np.abs(of_pair)
    error = COARSE * (len(problem.limits) + 4) * size
    gain = problem.value - paid
    least = problem.highest(gain - error)[problem.lead]
    return ~(gain + error < least)


def _under_one_owner(
    problem: Problem,
    gain: NDArray[np.longdouble],
    unassigned: NDArray[np.float64],
    best: NDArray[np.longdouble],
    rounding: float,
) -> NDArray[np.longdouble]:
    """Return what leads gain, those of a hard group together under its best owner.

    The first lead of each group stands for it.

    Parameters
    ----------
    gain
        Shape (n_pairs,); looked at where there are groups, when all pairs have one.
    unassigned, best
        Shape (n_leads,); of each lead alone, without a rep and at best.
    """
    best, is_free = best.copy(), np.ones(problem.n_leads, dtype=bool)
    for group in problem.groups:
        leads = group.lead[is_free[group.lead]]
        if group.is_hard and len(leads):
            of_rep = np.tile(unassigned[leads][:, None], problem.n_reps + 1)
            of_rep = of_rep.astype(np.longdouble)
            for row, lead in zip(of_rep, leads, strict=True):
                own = slice(*problem.indptr[lead : lead + 2])
                reps = problem.rep[own]
                row[reps] = np.maximum(row[reps], gain[own])
            size = np.abs(np.where(np.isfinite(of_rep), of_rep, 0.0)).sum(axis=0)
            together = (of_rep.sum(axis=0) + rounding * size).max()
            alone = best[leads].sum()
            best[leads], is_free[leads] = 0.0, False
            best[leads[0]] = min(together, alone)
    return best
