"""The graph of reps: an arc wherever two of them may serve one lead."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components


class Graph(NamedTuple):
    """Arcs between reps who share a segment, and between all reps and the outside.

    The outside, where leads without a slot are, is the last node.

    Attributes
    ----------
    row
        Shape (n_reps + 2,); first arc of each node, and the end.
    head
        Shape (n_arcs,); where each arc leads, increasing within a row.
    back
        Shape (n_arcs,); the arc of the opposite direction.
    component
        Shape (n_reps,); reps linked by arcs, the outside left out.
    """

    row: NDArray[np.int64]
    head: NDArray[np.int32]
    back: NDArray[np.int32]
    component: NDArray[np.int32]

    def around(self, reps: NDArray[np.bool_]) -> NDArray[np.bool_]:
        """Tell which reps share a segment with one of these, shape (n_reps,)."""
        n_reps = len(reps)
        arcs = np.repeat(np.append(reps, False), np.diff(self.row))
        near = np.zeros(n_reps + 1, dtype=bool)
        near[self.head[arcs]] = True
        return near[:-1]


def graph_of(start: NDArray[np.int64], rep: NDArray[np.int32], n_reps: int) -> Graph:
    """Return the graph of the segments' reps.

    Parameters
    ----------
    start, rep
        The segments' lists, as in :class:`~solver.problem.factorised.Segments`.
    """
    serves = csr_array(
        (np.ones(len(rep), dtype=np.float32), rep, start),
        shape=(len(start) - 1, n_reps),
    )
    share = (serves.T @ serves).tocoo()
    apart = share.row != share.col
    tail, head = share.row[apart], share.col[apart]
    _, component = connected_components(
        csr_array((np.ones(len(tail), np.int8), (tail, head)), (n_reps, n_reps)),
        directed=False,
    )
    everyone, outside = np.arange(n_reps), np.full(n_reps, n_reps)
    tail = np.concatenate([tail, everyone, outside])
    head = np.concatenate([head, outside, everyone])
    arcs = csr_array(
        (np.ones(len(tail), np.int8), (tail, head)), (n_reps + 1, n_reps + 1)
    )
    arcs.sort_indices()
    number = np.arange(len(tail), dtype=np.int32)
    back = csr_array((number, arcs.indices, arcs.indptr), arcs.shape).T.tocsr().data
    return Graph(
        arcs.indptr.astype(np.int64),
        arcs.indices.astype(np.int32, copy=False),
        back,
        component.astype(np.int32),
    )
