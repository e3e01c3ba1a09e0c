"""One min-cost flow by OR-Tools; imports nothing of the project."""

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from ortools.graph.python.min_cost_flow import SimpleMinCostFlow


class Arcs(NamedTuple):
    """A min-cost flow problem: arcs, shape (n_arcs,), and supplies, (n_nodes,)."""

    tail: NDArray[np.int32]
    head: NDArray[np.int32]
    capacity: NDArray[np.int64]
    cost: NDArray[np.int64]
    supply: NDArray[np.int64]


def solved(arcs: Arcs) -> NDArray[np.int64] | None:
    """Return a least-cost flow, shape (n_arcs,), or None where no flow exists."""
    flow = SimpleMinCostFlow()
    index = flow.add_arcs_with_capacity_and_unit_cost(*arcs[:4])
    flow.set_nodes_supplies(np.arange(len(arcs.supply), dtype=np.int32), arcs.supply)
    status = flow.solve()
    if status == flow.INFEASIBLE:
        return None
    if status != flow.OPTIMAL:
        raise RuntimeError(f"min-cost flow ended as {status.name}")
    return np.asarray(flow.flows(index))


def solve(**arrays: NDArray[Any]) -> dict[str, NDArray[Any]]:
    """Return ``flow``, or nothing where there is none; for a worker process."""
    flow = solved(Arcs(**arrays))
    return {} if flow is None else {"flow": flow}
