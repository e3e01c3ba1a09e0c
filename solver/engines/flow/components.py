"""The connected components of a network without its sink, to be solved separately."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from solver.engines.flow.ortools_flow import Arcs

GRAIN = 20_000
"""Arcs below which components stay together: one call for all is cheaper then."""


@dataclass(frozen=True, eq=False)
class NetworkPart:
    """Some connected components of a network, with a sink of their own.

    Attributes
    ----------
    whole
        The network; its last node is the sink.
    number
        Shape (n_nodes of the whole,); number of each node within its part.
    node, arc
        The part's nodes but for the sink, and its arcs, in the whole.
    """

    whole: Arcs
    number: NDArray[np.int32]
    node: NDArray[np.int64]
    arc: NDArray[np.int64]

    @property
    def arcs(self) -> Arcs:
        """The part as a network of its own; the sink takes what its nodes send."""
        whole, sink = self.whole, len(self.node)
        head = whole.head[self.arc]
        supply = whole.supply[self.node]
        return Arcs(
            self.number[whole.tail[self.arc]],
            np.where(head == len(whole.supply) - 1, np.int32(sink), self.number[head]),
            whole.capacity[self.arc],
            whole.cost[self.arc],
            np.append(supply, -supply.sum()),
        )


def parts(whole: Arcs) -> list[NetworkPart]:
    """Return a network's connected components as parts, small ones together.

    Least-cost flows of the parts make one of the whole. The parts depend on the
    network alone, so that the number of processes does not matter.

    Parameters
    ----------
    whole
        No arc leaves its last node, the sink.
    """
    part = _part_of_each_node(whole)
    n_parts = part.max(initial=-1) + 1
    # Nodes that share arcs are numbered side by side, to lie so in memory.
    nearest = np.full(len(part), len(part), dtype=np.int32)
    np.minimum.at(nearest, whole.tail, whole.head)
    nodes = _split(np.lexsort((nearest, part)), part, n_parts)
    # The smallest type that holds the parts is sorted by counting.
    of_arc = part[whole.tail].astype(np.min_scalar_type(n_parts))
    arcs = _split(np.argsort(of_arc, kind="stable"), of_arc, n_parts)
    number = np.zeros(len(whole.supply), dtype=np.int32)
    for node in nodes:
        number[node] = np.arange(len(node))
    return [NetworkPart(whole, number, *both) for both in zip(nodes, arcs, strict=True)]


def _part_of_each_node(whole: Arcs) -> NDArray[np.int64]:
    """Return the part of each node but the sink, none of 0..n_parts - 1 empty."""
    sink = len(whole.supply) - 1
    inner = np.flatnonzero(whole.head != sink)
    ends = whole.tail[inner], whole.head[inner]
    graph = coo_array((np.ones(len(inner), np.int8), ends), shape=(sink, sink))
    n_components, component = connected_components(graph, directed=False)
    size = np.bincount(component[whole.tail], minlength=n_components)
    _, part = np.unique((np.cumsum(size) - size) // GRAIN, return_inverse=True)
    return part[component]


def _split(
    ordered: NDArray[np.int64], part: NDArray[np.integer[Any]], n_parts: int
) -> list[NDArray[np.int64]]:
    """Return positions that are ordered by their part, part by part."""
    size = np.bincount(part, minlength=n_parts)
    return np.split(ordered, np.cumsum(size)[:-1])
