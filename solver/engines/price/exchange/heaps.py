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


OPTION = np.dtype(
    [("key", "f8"), ("arc", "i4"), ("child", "i4"), ("after", "i4"), ("before", "i4")]
)
"""What is known of an option lies together, for it is looked at together: what its lead
loses by taking it, the arc from the lead's rep to the option's, its first child, next
sibling, and the sibling before or the parent."""


class Moves(NamedTuple):
    """Pairing heaps over options: of each arc, the options that lead along it.

    Attributes
    ----------
    at
        Shape (n_options,), of `OPTION`; what is said of an option in no heap counts
        for nothing.
    root
        Shape (n_arcs,); the option of least key of each arc.
    cost
        Shape (n_arcs,); its key, infinite where no lead can move.
    """

    at: NDArray[np.void]
    root: NDArray[np.int32]
    cost: NDArray[np.float64]


def no_moves(n_options: int, n_arcs: int) -> Moves:
    """Return empty heaps."""
    root = np.full(n_arcs, NONE, dtype=np.int32)
    return Moves(np.empty(n_options, dtype=OPTION), root, np.full(n_arcs, np.inf))


@compiled
def insert(moves: Moves, arc: int, option: int, key: float) -> None:
    """Put an option into the heap of an arc."""
    new = moves.at[option]
    new.key, new.arc = key, arc
    new.child, new.after, new.before = NONE, NONE, NONE
    root = _melded(moves, moves.root[arc], option)
    moves.root[arc] = root
    moves.cost[arc] = moves.at[root].key


@compiled
def remove(moves: Moves, option: int) -> None:
    """Take an option out of its heap."""
    arc = moves.at[option].arc
    root = moves.root[arc]
    if root == option:
        root = _children_melded(moves, option)
    else:
        before, after = moves.at[option].before, moves.at[option].after
        if moves.at[before].child == option:
            moves.at[before].child = after
        else:
            moves.at[before].after = after
        if after != NONE:
            moves.at[after].before = before
        root = _melded(moves, root, _children_melded(moves, option))
    moves.at[option].before = NONE
    moves.at[option].after = NONE
    moves.root[arc] = root
    moves.cost[arc] = np.inf if root == NONE else moves.at[root].key


@compiled
def _melded(moves: Moves, one: int, other: int) -> int:
    """Return the root of two heaps made one."""
    if one == NONE:
        return other
    if other == NONE:
        return one
    if moves.at[other].key < moves.at[one].key:
        one, other = other, one
    eldest = moves.at[one].child
    moves.at[other].after = eldest
    if eldest != NONE:
        moves.at[eldest].before = other
    moves.at[one].child = other
    moves.at[other].before = one
    return one


@compiled
def _children_melded(moves: Moves, option: int) -> int:
    """Return the root of an option's children made one heap, pair by pair."""
    child, paired = moves.at[option].child, NONE
    moves.at[option].child = NONE
    while child != NONE:
        one, other = child, moves.at[child].after
        child = NONE
        if other != NONE:
            child = moves.at[other].after
            moves.at[other].after = NONE
            moves.at[other].before = NONE
        moves.at[one].after = NONE
        moves.at[one].before = NONE
        pair = _melded(moves, one, other)
        moves.at[pair].after = paired
        paired = pair
    root = NONE
    while paired != NONE:
        following = moves.at[paired].after
        moves.at[paired].after = NONE
        root = _melded(moves, root, paired)
        paired = following
    if root != NONE:
        moves.at[root].before = NONE
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
