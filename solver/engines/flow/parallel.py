"""Parts of a flow solved on all cores, by processes that can be stopped."""

from collections.abc import Generator, Sequence
from concurrent.futures import FIRST_COMPLETED, ThreadPoolExecutor, wait
from queue import SimpleQueue
from time import monotonic

import numpy as np
from numpy.typing import NDArray

from solver.engines.flow import ortools_flow
from solver.engines.flow.components import NetworkPart
from solver.engines.processes.process import (
    WorkerProcess,
    n_cores,
    worker_processes,
)

PATIENCE = 0.1
"""Seconds between two looks at the clock, and for interrupts where waiting is deaf."""


class OutOfTimeError(Exception):
    """The time limit passed before the flow was found."""


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
        for each in workers:
            idle.put(each)
        open_ = {threads.submit(_solved, part, idle): part for part in largest_first}
        try:
            while open_:
                left = end - monotonic()
                if left <= 0:
                    raise OutOfTimeError
                done, _ = wait(open_, min(left, PATIENCE), FIRST_COMPLETED)
                for future in done:
                    yield open_.pop(future), future.result()
        finally:
            for future in open_:
                future.cancel()


def _solved(
    part: NetworkPart, idle: SimpleQueue[WorkerProcess]
) -> NDArray[np.int64] | None:
    process = idle.get()
    try:
        return process.answer(**part.arcs._asdict()).get("flow")
    finally:
        idle.put(process)
