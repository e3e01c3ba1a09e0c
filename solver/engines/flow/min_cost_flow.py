"""Least-cost flows, solved component by component, that can be stopped.

OR-Tools' min-cost flow holds the interpreter lock for the whole solve: neither an
interrupt nor a time limit reaches it. Long solves run in worker processes, one per
core.
"""

from collections.abc import Generator, Sequence
from concurrent.futures import FIRST_COMPLETED, ThreadPoolExecutor, wait
from contextlib import closing
from queue import SimpleQueue
from time import monotonic

import numpy as np
from numpy.typing import NDArray

from solver.engines.flow import ortools_flow
from solver.engines.flow.components import NetworkPart, parts
from solver.engines.flow.network import Network
from solver.engines.flow.ortools_flow import Arcs, solved
from solver.engines.processes.process import (
    WorkerProcess,
    n_cores,
    worker_processes,
)
from solver.engines.processes.silence import silenced

SHORT = 100_000
"""Arcs of a part that mostly solve in a tenth of a second, and in seconds at worst."""
FEW = 2_000_000
"""Arcs in short parts that solve sooner here than processes would start."""

PATIENCE = 0.1
"""Seconds between two checks of the clock and for interrupts."""


class OutOfTimeError(Exception):
    """The time limit passed before the flow was solved."""


def least_cost_flow(net: Network, time_limit: float) -> NDArray[np.int64] | None:
    """Return the flow of every arc, shape (n_arcs,), or None where no flow exists.

    The connected components of the network without its sink are solved separately,
    which is faster even on one core. The result does not depend on the number of cores.

    Parameters
    ----------
    net
        Its last node is the sink, which takes what the others send.
    time_limit
        Seconds; checked between short parts, and all the time in a long one.

    Raises
    ------
    OutOfTimeError
        When the time limit passes.
    """
    end = monotonic() + time_limit
    whole = Arcs(net.tail, net.head, net.capacity, net.cost, net.supply)
    split = parts(whole)
    longest = max(len(part.arc) for part in split)
    at_once = longest < SHORT and len(net.tail) < FEW
    solve = _solved_here if at_once else solved_by_workers
    flow = np.zeros(len(net.tail), dtype=np.int64)
    with closing(solve(split, end)) as flows:
        for part, flow_of_part in flows:
            if flow_of_part is None:
                return None
            flow[part.arc] = flow_of_part
    return flow


def least_cost_pairs(net: Network, time_limit: float) -> NDArray[np.int64] | None:
    """Return the pairs that a least-cost flow uses, or None where no flow exists."""
    flow = least_cost_flow(net, time_limit)
    return None if flow is None else net.pair[flow[: len(net.pair)] > 0]


def _solved_here(
    parts: Sequence[NetworkPart], end: float
) -> Generator[tuple[NetworkPart, NDArray[np.int64] | None]]:
    for part in parts:
        if monotonic() > end:
            raise OutOfTimeError
        with silenced():
            flow = solved(part.arcs)
        yield part, flow


def solved_by_workers(
    parts: Sequence[NetworkPart], end: float
) -> Generator[tuple[NetworkPart, NDArray[np.int64] | None]]:
    """Yield every part with its flow, or with None where it has none.

    However this ends, its processes end with it.

    Parameters
    ----------
    end
        When the time limit passes, by the monotonic clock.

    Raises
    ------
    OutOfTimeError
        When it passes.
    """
    largest_first = sorted(parts, key=lambda part: -len(part.arc))
    count = max(1, min(len(parts), n_cores()))
    idle: SimpleQueue[WorkerProcess] = SimpleQueue()
    with (
        ThreadPoolExecutor(count) as threads,
        worker_processes(ortools_flow.__file__, count) as workers,
    ):
        for process in workers:
            idle.put(process)
        pending = {threads.submit(_solved, part, idle): part for part in largest_first}
        try:
            while pending:
                remaining = end - monotonic()
                if remaining <= 0:
                    raise OutOfTimeError
                done, _ = wait(pending, min(remaining, PATIENCE), FIRST_COMPLETED)
                for future in done:
                    yield pending.pop(future), future.result()
        finally:
            for future in pending:
                future.cancel()


def _solved(
    part: NetworkPart, idle: SimpleQueue[WorkerProcess]
) -> NDArray[np.int64] | None:
    process = idle.get()
    try:
        return process.answer(**part.arcs._asdict()).get("flow")
    finally:
        idle.put(process)
