"""Two heaps: of nodes by distance, and of a rep's leads by what their moves cost.

References
----------
Fredman, Sedgewick, Sleator, Tarjan (1986), The Pairing Heap, Algorithmica 1.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from solver.engines.price.machine.compiled import compiled

NONE = -1


class Moves(NamedTuple):
    """Pairing heaps over options: of each arc, the options that lead along it.

    Attributes
    ----------
    key
        Shape (n_options,); what the option's lead loses by taking it.
    arc
        Shape (n_options,); the arc from the lead's rep to the option's.
    child, after, before
        Shape (n_options,); first child, next sibling, and the sibling before or the
        parent.
    root
        Shape (n_arcs,); the option of least key of each arc.
    cost
        Shape (n_arcs,); its key, infinite where no lead can move.
    """

    key: NDArray[np.float64]
    arc: NDArray[np.int32]
    child: NDArray[np.int32]
    after: NDArray[np.int32]
    before: NDArray[np.int32]
    root: NDArray[np.int32]
    cost: NDArray[np.float64]


def no_moves(n_options: int, n_arcs: int) -> Moves:
    """Return empty heaps."""
    arc, child, after, before = np.full((4, n_options), NONE, dtype=np.int32)
    root = np.full(n_arcs, NONE, dtype=np.int32)
    cost = np.full(n_arcs, np.inf)
    return Moves(np.empty(n_options), arc, child, after, before, root, cost)


@compiled
def insert(moves: Moves, arc: int, option: int) -> None:
    """Put an option, its key set, into the heap of an arc."""
    moves.arc[option] = arc
    root = _melded(moves, moves.root[arc], option)
    moves.root[arc] = root
    moves.cost[arc] = moves.key[root]


@compiled
def remove(moves: Moves, option: int) -> None:
    """Take an option out of its heap."""
    arc = moves.arc[option]
    root = moves.root[arc]
    if root == option:
        root = _children_melded(moves, option)
    else:
        before, after = moves.before[option], moves.after[option]
        if moves.child[before] == option:
            moves.child[before] = after
        else:
            moves.after[before] = after
        if after != NONE:
            moves.before[after] = before
        root = _melded(moves, root, _children_melded(moves, option))
    moves.before[option] = NONE
    moves.after[option] = NONE
    moves.root[arc] = root
    moves.cost[arc] = np.inf if root == NONE else moves.key[root]


@compiled
def _melded(moves: Moves, one: int, other: int) -> int:
    """Return the root of two heaps made one."""
    if one == NONE:
        return other
    if other == NONE:
        return one
    if moves.key[other] < moves.key[one]:
        one, other = other, one
    eldest = moves.child[one]
    moves.after[other] = eldest
    if eldest != NONE:
        moves.before[eldest] = other
    moves.child[one] = other
    moves.before[other] = one
    return one


@compiled
def _children_melded(moves: Moves, option: int) -> int:
    """Return the root of an option's children made one heap, pair by pair."""
    child, paired = moves.child[option], NONE
    moves.child[option] = NONE
    while child != NONE:
        one, other = child, moves.after[child]
        child = NONE
        if other != NONE:
            child = moves.after[other]
            moves.after[other] = NONE
            moves.before[other] = NONE
        moves.after[one] = NONE
        moves.before[one] = NONE
        pair = _melded(moves, one, other)
        moves.after[pair] = paired
        paired = pair
    root = NONE
    while paired != NONE:
        following = moves.after[paired]
        moves.after[paired] = NONE
        root = _melded(moves, root, paired)
        paired = following
    if root != NONE:
        moves.before[root] = NONE
    return root


class PathSearch(NamedTuple):
    """Scratch of a search for shortest paths, clean between two searches.

    Attributes
    ----------
    distance
        Shape (n_nodes,); infinite where not reached.
    through
        Shape (n_nodes,); the arc by which a node was reached.
    is_done
        Shape (n_nodes,); whether the distance is final.
    heap
        Shape (n_nodes,); nodes that wait, the nearest first.
    place
        Shape (n_nodes,); where each stands in the heap, -1: nowhere.
    reached
        Shape (n_nodes + 1,); the nodes reached, their number first.
    """

    distance: NDArray[np.float64]
    through: NDArray[np.int32]
    is_done: NDArray[np.bool_]
    heap: NDArray[np.int32]
    place: NDArray[np.int32]
    reached: NDArray[np.int32]


@compiled
def new_search(n_nodes: int) -> PathSearch:
    """Return clean scratch."""
    return PathSearch(
        np.full(n_nodes, np.inf),
        np.full(n_nodes, NONE, dtype=np.int32),
        np.zeros(n_nodes, dtype=np.bool_),
        np.empty(n_nodes, dtype=np.int32),
        np.full(n_nodes, NONE, dtype=np.int32),
        np.zeros(n_nodes + 1, dtype=np.int32),
    )


@compiled
def clean(search: PathSearch) -> None:
    """Forget the nodes reached."""
    for i in range(1, search.reached[0] + 1):
        node = search.reached[i]
        search.distance[node] = np.inf
        search.is_done[node] = False
        search.place[node] = NONE
    search.reached[0] = 0


@compiled
def reach(search: PathSearch, size: int, node: int, distance: float) -> int:
    """Put a node into the heap, or nearer to its top; return the heap's size."""
    if search.distance[node] == np.inf:
        search.reached[0] += 1
        search.reached[search.reached[0]] = node
    search.distance[node] = distance
    at = search.place[node]
    if at == NONE:
        at = size
        size += 1
    while at > 0:
        above = (at - 1) >> 1
        other = search.heap[above]
        if search.distance[other] <= distance:
            break
        search.heap[at] = other
        search.place[other] = at
        at = above
    search.heap[at] = node
    search.place[node] = at
    return size


@compiled
def nearest(search: PathSearch, size: int) -> int:
    """Take the nearest node out of a heap of this size, and return it."""
    top = search.heap[0]
    search.place[top] = NONE
    size -= 1
    if size == 0:
        return top
    node = search.heap[size]
    distance, at = search.distance[node], 0
    while True:
        below = 2 * at + 1
        if below >= size:
            break
        other = search.heap[below]
        if below + 1 < size:
            right = search.heap[below + 1]
            if search.distance[right] < search.distance[other]:
                below, other = below + 1, right
        if search.distance[other] >= distance:
            break
        search.heap[at] = other
        search.place[other] = at
        at = below
    search.heap[at] = node
    search.place[node] = at
    return top
