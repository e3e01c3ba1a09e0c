"""Slots and limits as a tree: any two sets of pairs are nested or disjoint."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from solver.problem.problem import Problem


@dataclass(frozen=True, eq=False)
class Tree:
    """Nested sets of pairs with bounds: first the reps' slots, then the limits.

    Attributes
    ----------
    parent
        Shape (n_nodes,); the smallest set around each set, or `root`.
    leaf
        Shape (n_pairs,); the smallest set that holds each pair, or `root`.
    lower, upper
        Shape (n_nodes,); bounds of the number of chosen pairs.
    penalty
        Shape (n_nodes,); cost of a unit outside the bounds, infinite if hard.
    """

    parent: NDArray[np.int64]
    leaf: NDArray[np.int64]
    lower: NDArray[np.int64]
    upper: NDArray[np.int64]
    penalty: NDArray[np.float64]

    @property
    def root(self) -> int:
        """The node around all others."""
        return len(self.parent)

    @property
    def is_soft(self) -> NDArray[np.bool_]:
        """Whether the bounds of each node may be broken at a cost, shape (n_nodes,)."""
        return np.isfinite(self.penalty)

    def flow(self, pair: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return the chosen pairs in each node, shape (n_nodes,).

        Parameters
        ----------
        pair
            Shape (n_leads,); the chosen pair of each lead, or -1.
        """
        count = np.bincount(self.leaf[pair[pair >= 0]], minlength=self.root + 1)
        for node in self.inside_out:
            count[self.parent[node]] += count[node]
        return count[:-1]

    @property
    def inside_out(self) -> list[int]:
        """All nodes, each before its parent."""
        depth = np.zeros(self.root + 1, dtype=np.int64)
        for _ in range(self.root):
            deeper = depth[self.parent] + 1
            if np.array_equal(deeper, depth[:-1]):
                break
            depth[:-1] = deeper
        return np.argsort(-depth[:-1], kind="stable").tolist()


def tree_of(problem: Problem) -> Tree | None:
    """Return the tree of a problem, or None where its limits do not nest.

    Where they do, the problem is a network flow: every limit counts leads, no two
    sets of pairs overlap in part, and no rule speaks of shares or groups.
    """
    limits = problem.limits
    if problem.shares or problem.groups:
        return None
    if not all(limit.counts_leads for limit in limits):
        return None
    nested = _nested(problem)
    if nested is None:
        return None
    lower = np.array([0] * problem.n_reps + [limit.lower for limit in limits], int)
    upper = [min(limit.upper, max(limit.lower, problem.n_leads)) for limit in limits]
    return Tree(
        *nested,
        lower=lower,
        upper=np.concatenate([problem.capacity, upper]).astype(np.int64),
        penalty=np.array(
            [np.inf] * problem.n_reps + [limit.penalty for limit in limits]
        ),
    )


def _nested(
    problem: Problem,
) -> tuple[NDArray[np.int64], NDArray[np.int64]] | None:
    """Return each set's parent and each pair's leaf; None where sets overlap in part.

    From the largest set to the smallest, the set that a pair was last found in must
    be the same for all pairs of the next one: that is its parent.
    """
    root = problem.n_reps + len(problem.limits)
    parent = np.full(root, root)
    if not problem.limits:
        return parent, np.where(problem.uses_slot, problem.rep, root)
    leaf = np.full(problem.n_pairs, root)
    sets = [*_slot_pairs(problem), *(limit.pair for limit in problem.limits)]
    for node in sorted(range(root), key=lambda node: -len(sets[node])):
        if len(sets[node]) == 0:
            break
        around = leaf[sets[node]]
        if np.any(around != around[0]):
            return None
        parent[node] = around[0]
        leaf[sets[node]] = node
    return parent, leaf


def _slot_pairs(problem: Problem) -> list[NDArray[np.int64]]:
    """Return the pairs that take a slot of each rep."""
    pairs = np.flatnonzero(problem.uses_slot)
    ordered = pairs[np.argsort(problem.rep[pairs], kind="stable")]
    counts = np.bincount(problem.rep[pairs], minlength=problem.n_reps)
    return np.split(ordered, np.cumsum(counts)[:-1])
