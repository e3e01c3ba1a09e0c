"""Which prices of nested bounds hold only together with those of the bounds around."""

import numpy as np
from numpy.typing import NDArray

from solver.engines.flow.tree import Tree, tree_of
from solver.problem.result import EXACT, Result


def bounds_around(result: Result) -> list[tuple[int, ...]]:
    """Return which further bounds the price of each slot and limit counts on.

    First the reps' slots, then the limits; the positions in each are counted so, from
    the innermost bound outwards. The price of a bound alone is what one more of it
    brings where nothing around it binds. Else one more of it and of all that bind
    around it bring the sum of their prices; alone it brings no more than its own.

    Empty where prices are not exact.
    """
    problem = result.solution.problem
    nothing: list[tuple[int, ...]] = [()] * (problem.n_reps + len(problem.limits))
    tree = tree_of(problem) if result.price_kind == EXACT else None
    if tree is None or not result.status.has_solution:
        return nothing
    price = np.concatenate([result.price, result.limit_price])
    at_lower, at_upper = _binding(tree, result.solution.pair)
    counts = at_lower | (at_upper & (price != 0))
    binds = at_lower | at_upper
    return [
        tuple(_around(tree, node, binds)) if counts[node] else ()
        for node in range(tree.root)
    ]


def _binding(
    tree: Tree, pair: NDArray[np.int64]
) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Tell which nodes are at their lower bound, and which at the upper, (n_nodes,)."""
    flow = tree.flow(pair)
    return (tree.lower > 0) & (flow <= tree.lower), flow >= tree.upper


def _around(tree: Tree, node: int, binds: NDArray[np.bool_]) -> list[int]:
    around, outer = [], int(tree.parent[node])
    while outer < tree.root:
        if binds[outer]:
            around.append(outer)
        outer = int(tree.parent[outer])
    return around
