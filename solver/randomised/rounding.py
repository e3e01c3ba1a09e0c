"""Dependent rounding: a flow in parts rounded at random, unbiased on every arc."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray


def rounded_up(
    tail: NDArray[np.int64],
    head: NDArray[np.int64],
    part: NDArray[np.int64],
    whole: int,
    rng: np.random.Generator,
) -> NDArray[np.bool_]:
    """Return which arcs of a flow are rounded up, shape (n_arcs,).

    An arc is rounded up with probability `part / whole`, and what flows into a node
    is still what flows out of it. So every sum over a node stays within one of what
    it was: a bound that is a whole number holds in every draw if it held on average.

    Parameters
    ----------
    tail, head
        Shape (n_arcs,); the nodes, from 0, that each arc joins.
    part
        Shape (n_arcs,); what flows beyond a whole number, in ``0..whole - 1``. At
        every node what comes in and what goes out differ by a multiple of `whole`.

    References
    ----------
    Gandhi, Khuller, Parthasarathy, Srinivasan (2006), Dependent Rounding and Its
    Applications to Approximation Algorithms, J. ACM 53(3). Budish, Che, Kojima,
    Milgrom (2013), Designing Random Allocation Mechanisms, AER 103(2).
    """
    order = rng.permutation(np.flatnonzero(part))
    ends = tail[order].tolist(), head[order].tolist()
    walk = _Walk(*ends, part[order].tolist(), whole, rng.random(len(order)).tolist())
    up = np.zeros(len(part), dtype=bool)
    up[order] = np.array(walk.rounded(), dtype=np.int64) == whole
    return up


class _Walk:
    """Walks along arcs that are still in parts until it meets its own path.

    Along that cycle it sends as much as one of the arcs can take, one way or the
    other: each way as likely as the other's amount, so that nothing changes on
    average, and at least one arc becomes whole.
    """

    def __init__(
        self,
        tail: Sequence[int],
        head: Sequence[int],
        part: list[int],
        whole: int,
        uniform: list[float],
    ) -> None:
        self.tail, self.head, self.part, self.whole = tail, head, part, whole
        self.uniform = uniform
        n_nodes = max([*tail, *head], default=-1) + 1
        self.arcs_of: list[list[int]] = [[] for _ in range(n_nodes)]
        for arc, ends in enumerate(zip(tail, head, strict=True)):
            for node in ends:
                self.arcs_of[node].append(arc)

    def rounded(self) -> list[int]:
        """Return the parts when every arc is whole: all 0 or `whole`."""
        for arc in range(len(self.part)):
            while 0 < self.part[arc] < self.whole:
                self._walk_from(self.tail[arc])
        return self.part

    def _walk_from(self, start: int) -> None:
        """Walk from a node, closing cycles, until all its arcs are whole."""
        nodes, arcs, place = [start], list[int](), {start: 0}
        while arcs or self._is_open(start):
            arc = self._other_arc(nodes[-1], arcs[-1] if arcs else -1)
            node = self.head[arc] if self.tail[arc] == nodes[-1] else self.tail[arc]
            arcs.append(arc)
            at = place.get(node)
            if at is None:
                place[node] = len(nodes)
                nodes.append(node)
                continue
            self._send(nodes[at:], arcs[at:])
            for closed in nodes[at + 1 :]:
                del place[closed]
            del nodes[at + 1 :], arcs[at:]

    def _is_open(self, node: int) -> bool:
        arcs = self.arcs_of[node]
        while arcs and not 0 < self.part[arcs[-1]] < self.whole:
            arcs.pop()
        return bool(arcs)

    def _other_arc(self, node: int, came_by: int) -> int:
        """Return an arc of the node that is in parts; whole ones are forgotten."""
        arcs, part, at = self.arcs_of[node], self.part, -1
        while True:
            arc = arcs[at]
            if not 0 < part[arc] < self.whole:
                del arcs[at]
            elif arc == came_by:
                at -= 1
            else:
                return arc

    def _send(self, nodes: list[int], arcs: list[int]) -> None:
        """Send units around a cycle, this way or that way."""
        part, whole = self.part, self.whole
        along = [self.tail[a] == n for n, a in zip(nodes, arcs, strict=True)]
        around = list(zip(arcs, along, strict=True))
        filled = [
            part[arc] if is_along else whole - part[arc] for arc, is_along in around
        ]
        back, forth = min(filled), whole - max(filled)
        sent = forth if self.uniform.pop() * (back + forth) < back else -back
        for arc, is_along in around:
            part[arc] += sent if is_along else -sent
