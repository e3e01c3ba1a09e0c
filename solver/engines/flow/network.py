"""A problem as a flow network: each lead sends one unit through the tree or past it."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from solver.engines.flow.scaling import Grid
from solver.engines.flow.tree import Tree
from solver.problem.problem import Problem, random_ranks

LEVELS = 16
"""Steps of a rep's load by which allocations of equal value are balanced."""


@dataclass(frozen=True, eq=False)
class Network:
    """The arcs and supplies of a problem.

    Nodes are the leads, then the tree's nodes, then the sink. The first arcs are
    the pairs.

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


@dataclass(frozen=True, eq=False)
class _Arcs:
    """Arcs of one kind, of which `forced` units must flow."""

    tail: NDArray[np.int64]
    head: NDArray[np.int64]
    capacity: NDArray[np.int64]
    cost: NDArray[np.int64]
    forced: NDArray[np.int64] | int = 0


def tie_levels(n_leads: int) -> int:
    """Return how many integers must lie between two values.

    More than all balancing costs together, so that balance decides among
    allocations of equal value and never against value.
    """
    return LEVELS * n_leads + 1


def network(problem: Problem, tree: Tree, grid: Grid, seed: int) -> Network:
    """Return the network in which a least-cost flow is a best allocation.

    Among allocations of equal value the flow is one that leaves the fewest leads
    unassigned, and among those one whose loads are most even, as shares of
    capacity. What is still equal breaks by the seed: nodes are numbered by a
    random order over the sorted ids.

    Parameters
    ----------
    grid
        The problem's values and costs as integers.
    """
    rng = np.random.default_rng(seed)
    lead_node = random_ranks(problem.lead_ids, rng)
    node = problem.n_leads + _tree_order(problem, rng)
    pair = _in_random_order(problem, lead_node, node[: problem.n_reps])
    levels = tie_levels(problem.n_leads)
    optional = np.flatnonzero(~problem.must)
    sink = np.full(len(optional), node[-1])
    arcs = [
        _Arcs(
            lead_node[problem.lead[pair]],
            node[tree.leaf[pair]],
            np.ones(len(pair), np.int64),
            -grid.value[pair] * levels,
        ),
        _Arcs(
            lead_node[optional],
            sink,
            np.ones(len(optional), np.int64),
            grid.skip_cost[optional] * levels + LEVELS,
        ),
        _slots(problem, tree, node),
        *_bounds(problem, tree, node, grid.penalty * levels),
    ]
    supply = np.zeros(node[-1] + 1, dtype=np.int64)
    supply[lead_node] = 1
    supply[node[-1]] = -problem.n_leads
    return _joined(arcs, pair, supply)


def _in_random_order(
    problem: Problem, lead_node: NDArray[np.int64], rep_node: NDArray[np.int64]
) -> NDArray[np.int64]:
    """Return the pairs by their lead's number, and within a lead by their rep's."""
    pairs, rank = np.arange(problem.n_pairs), rep_node - problem.n_leads
    shape = problem.n_leads, problem.n_reps
    table = csr_array((pairs, rank[problem.rep], problem.indptr), shape)
    table = table[np.argsort(lead_node)]
    table.sort_indices()
    return table.data


def _tree_order(problem: Problem, rng: np.random.Generator) -> NDArray[np.int64]:
    """Return a random number for each node of the tree, the sink's being the last."""
    reps = random_ranks(problem.rep_ids, rng)
    names = [f"{limit.rule}\0{limit.what}\0{limit.key}" for limit in problem.limits]
    limits = random_ranks(np.array(names, dtype=object), rng) + len(reps)
    return np.concatenate([reps, limits, [len(reps) + len(limits)]])


def _slots(problem: Problem, tree: Tree, node: NDArray[np.int64]) -> _Arcs:
    """Return the arcs of the reps' slots, whose cost rises with the load.

    Where capacity is ample, the levels divide twice the even share, and the last
    one takes the rest.
    """
    n_reps = problem.n_reps
    level = np.arange(LEVELS)
    capacity = np.minimum(problem.capacity, problem.n_leads)
    even = -(-problem.n_leads // max(n_reps, 1))
    upper = np.minimum(capacity, 2 * even)[:, None] * (level + 1) // LEVELS
    upper[:, -1] = capacity
    return _Arcs(
        np.repeat(node[:n_reps], LEVELS),
        np.repeat(node[tree.parent[:n_reps]], LEVELS),
        np.diff(upper, axis=1, prepend=0).ravel(),
        np.tile(level, n_reps),
    )


def _bounds(
    problem: Problem, tree: Tree, node: NDArray[np.int64], penalty: NDArray[np.int64]
) -> list[_Arcs]:
    """Return the limits' arcs: below the lower bound, within the bounds, and above.

    A hard requirement is forced to flow; a soft one is rewarded by what missing it
    would cost.
    """
    limits = np.arange(problem.n_reps, tree.root)
    tail, head = node[limits], node[tree.parent[limits]]
    lower, upper, soft = tree.lower[limits], tree.upper[limits], tree.is_soft[limits]
    free = np.zeros(len(limits), np.int64)
    beyond = np.where(soft, np.maximum(problem.n_leads - upper, 0), 0)
    return [
        _Arcs(tail, head, lower, np.where(soft, -penalty, 0), np.where(soft, 0, lower)),
        _Arcs(tail, head, upper - lower, free),
        _Arcs(tail, head, beyond, np.where(soft, penalty, 0)),
    ]


def _joined(
    arcs: list[_Arcs], pair: NDArray[np.int64], supply: NDArray[np.int64]
) -> Network:
    """Return the network of these arcs, forced flow moved into the supplies."""
    for part in arcs:
        np.subtract.at(supply, part.tail, part.forced)
        np.add.at(supply, part.head, part.forced)
    return Network(
        tail=np.concatenate([part.tail for part in arcs]).astype(np.int32),
        head=np.concatenate([part.head for part in arcs]).astype(np.int32),
        capacity=np.concatenate([part.capacity - part.forced for part in arcs]),
        cost=np.concatenate([part.cost for part in arcs]),
        pair=pair,
        supply=supply,
    )
