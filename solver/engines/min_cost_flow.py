"""OR-Tools' min-cost flow, called so that it can be stopped.

The library holds the interpreter lock for the whole solve, so that neither an
interrupt nor a time limit reaches it. What may take long runs in a child process.
"""

import io
import subprocess
import sys
from typing import Any

import numpy as np
from numpy.typing import NDArray
from ortools.graph.python.min_cost_flow import SimpleMinCostFlow

from solver.engines.network import Network

SHORT = 500_000
"""Arcs that solve in about a second, and so need no child process."""
FOREVER = 1_000_000
"""Seconds; timers of operating systems hold little more."""

Arcs = dict[str, NDArray[np.integer[Any]]]


class OutOfTimeError(Exception):
    """The time limit passed before the flow was found."""


def least_cost_pairs(net: Network, time_limit: float) -> NDArray[np.int64] | None:
    """Return the pairs a least-cost flow uses, or None where no flow exists.

    Parameters
    ----------
    time_limit
        Seconds; kept for networks that may take longer than about a second.

    Raises
    ------
    OutOfTimeError
        When the time limit passes.
    """
    arcs: Arcs = {
        "tail": net.tail,
        "head": net.head,
        "capacity": net.capacity,
        "cost": net.cost,
        "supply": net.supply,
    }
    solve = _flows if len(net.tail) < SHORT else _flows_in_child
    flows = solve(arcs, time_limit)
    return None if flows is None else net.pair[flows[: len(net.pair)] > 0]


def _flows(arcs: Arcs, _time_limit: float = 0.0) -> NDArray[np.int64] | None:
    flow = SimpleMinCostFlow()
    index = flow.add_arcs_with_capacity_and_unit_cost(
        arcs["tail"], arcs["head"], arcs["capacity"], arcs["cost"]
    )
    nodes = np.arange(len(arcs["supply"]), dtype=np.int32)
    flow.set_nodes_supplies(nodes, arcs["supply"])
    status = flow.solve()
    if status == flow.INFEASIBLE:
        return None
    if status != flow.OPTIMAL:
        raise RuntimeError(f"min-cost flow ended as {status.name}")
    return np.asarray(flow.flows(index))


def _flows_in_child(arcs: Arcs, time_limit: float) -> NDArray[np.int64] | None:
    sent = io.BytesIO()
    np.savez(sent, allow_pickle=False, **arcs)
    try:
        child = subprocess.run(
            [sys.executable, "-c", f"from {__name__} import serve; serve()"],
            input=sent.getvalue(),
            stdout=subprocess.PIPE,
            timeout=min(time_limit, FOREVER),
            check=True,
        )
    except subprocess.TimeoutExpired as error:
        raise OutOfTimeError from error
    flows = np.load(io.BytesIO(child.stdout))
    return flows if len(flows) else None


def serve() -> None:
    """Solve the arcs that come in on stdin, and write their flows to stdout."""
    with np.load(io.BytesIO(sys.stdin.buffer.read())) as arcs:
        flows = _flows(dict(arcs))
    np.save(sys.stdout.buffer, np.empty(0) if flows is None else flows)
