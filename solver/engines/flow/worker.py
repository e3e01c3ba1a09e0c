"""One min-cost flow, solved here or in a process of its own.

Run as a script, this file solves the flows that come in on stdin and writes what it
found to stdout. It imports nothing of the project, so that the process starts at once.
"""

import sys
from typing import IO, Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from ortools.graph.python.min_cost_flow import SimpleMinCostFlow

NO_FLOW = -1
"""What a process answers, in place of the number of arcs, where no flow exists."""


class Arcs(NamedTuple):
    """A flow to find: its arcs, shape (n_arcs,), and each node's supply, (n_nodes,)."""

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


def ask(process: IO[bytes], arcs: Arcs) -> None:
    """Send a flow to find to a process's stdin."""
    sizes = np.array([len(arcs.tail), len(arcs.supply)])
    for array in (sizes, *arcs):
        process.write(np.ascontiguousarray(array).data)
    process.flush()


def answer(process: IO[bytes]) -> NDArray[np.int64] | None:
    """Return what :func:`solved` found in a process, from its stdout.

    Raises
    ------
    EOFError
        Where the process has ended.
    """
    (n_arcs,) = _read(process, np.int64, 1)
    return None if n_arcs == NO_FLOW else _read(process, np.int64, n_arcs)


def serve(questions: IO[bytes], answers: IO[bytes]) -> None:
    """Solve the flows that are asked for until nobody asks for more."""
    while True:
        try:
            n_arcs, n_nodes = _read(questions, np.int64, 2)
        except EOFError:
            return
        ends = [_read(questions, np.int32, n_arcs) for _ in range(2)]
        numbers = [_read(questions, np.int64, n) for n in (n_arcs, n_arcs, n_nodes)]
        flows = solved(Arcs(*ends, *numbers))
        size = NO_FLOW if flows is None else n_arcs
        for array in (np.array([size]), np.empty(0) if flows is None else flows):
            answers.write(array.data)
        answers.flush()


def _read(pipe: IO[bytes], kind: type[np.integer[Any]], size: int) -> NDArray[Any]:
    array = np.empty(size, dtype=kind)
    if pipe.readinto(array.data) < array.nbytes:  # type: ignore[attr-defined]
        raise EOFError
    return array


if __name__ == "__main__":
    serve(sys.stdin.buffer, sys.stdout.buffer)
