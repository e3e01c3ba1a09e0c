"""Processes that solve the parts of a flow on all cores, and can be stopped."""

from collections.abc import Generator, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, ThreadPoolExecutor, wait
from contextlib import ExitStack, contextmanager
from queue import SimpleQueue
from time import monotonic

import numpy as np
from numpy.typing import NDArray

from solver.engines.flow import watchdog, worker
from solver.engines.flow.components import Part
from solver.engines.processes import ONE_THREAD, Process, n_cores, start

PATIENCE = 0.1
"""Seconds between two looks at the clock, and for interrupts where waiting is deaf."""


class OutOfTimeError(Exception):
    """The time limit passed before the flow was found."""


def solved_by_workers(
    parts: Sequence[Part], end: float
) -> Generator[tuple[Part, NDArray[np.int64] | None]]:
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
    with ThreadPoolExecutor(count) as threads, _workers(count) as idle:
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


def _solved(part: Part, idle: SimpleQueue[Process]) -> NDArray[np.int64] | None:
    process = idle.get()
    assert process.stdin and process.stdout
    try:
        worker.ask(process.stdin, part.arcs)
        return worker.answer(process.stdout)
    except (OSError, EOFError) as error:
        raise RuntimeError(
            f"a process that solves the flow ended with code {process.wait()}; "
            "was there memory enough?"
        ) from error
    finally:
        idle.put(process)


@contextmanager
def _workers(count: int) -> Iterator[SimpleQueue[Process]]:
    """Give processes that wait for flows; end them on exit, and if we are killed."""
    idle: SimpleQueue[Process] = SimpleQueue()
    with ExitStack() as stack:
        started = [start(stack, [worker.__file__], ONE_THREAD) for _ in range(count)]
        watched = [str(process.pid) for process in started]
        start(stack, [watchdog.__file__, *watched], ONE_THREAD)
        for process in started:
            idle.put(process)
        yield idle
