"""Threads that share a sweep, and can be stopped between or within their parts."""

from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from itertools import pairwise
from types import TracebackType
from typing import Any, Self

import numpy as np

from solver.engines.processes.process import n_cores
from solver.problem.deadline import Deadline

PART = 1 << 14
"""Leads of a part; parts do not depend on the number of threads, so neither do sums."""
MOST_PARTS = 64
PATIENCE = 0.05
"""Seconds between two looks at the clock."""


class StoppedError(Exception):
    """The time limit passed, or the user interrupted."""


class Crew:
    """Threads that work until a deadline.

    Parameters
    ----------
    deadline
        When to stop.
    n_threads
        As many as there are cores by default.

    Attributes
    ----------
    stop
        Shape (1,); long compiled loops end where it is not 0.
    """

    def __init__(self, deadline: Deadline, n_threads: int | None = None) -> None:
        self.deadline = deadline
        self.stop = np.zeros(1, dtype=np.int64)
        self.threads = ThreadPoolExecutor(n_threads or n_cores())

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop[0] = 1
        self.threads.shutdown()

    def check(self) -> None:
        """Raise StoppedError when the deadline has passed."""
        if self.deadline.seconds <= 0:
            raise StoppedError

    def over(self, n: int, task: Callable[[int, int], Any]) -> list[Any]:
        """Return what a task answers for each part of 0 to `n`, in order."""
        n_parts = max(1, min(MOST_PARTS, -(-n // PART)))
        ends = [n * part // n_parts for part in range(n_parts + 1)]
        return self.each(task, list(pairwise(ends)))

    def each(self, task: Callable[..., Any], calls: Sequence[tuple[Any, ...]]) -> Any:
        """Return what a task answers to each call, in order.

        Raises
        ------
        StoppedError
            When the deadline passes, before or meanwhile.
        KeyboardInterrupt
            When the user interrupts, after the running parts have ended.
        """
        futures = [self.threads.submit(task, *call) for call in calls]
        try:
            self._watch(futures)
        except KeyboardInterrupt:
            self.stop[0] = 1
            for future in futures:
                future.cancel()
            wait(futures)
            raise
        if self.stop[0]:
            raise StoppedError
        return [future.result() for future in futures]

    def _watch(self, futures: list[Future[Any]]) -> None:
        pending = set(futures)
        while pending:
            _, pending = wait(pending, PATIENCE)
            if self.deadline.seconds <= 0:
                self.stop[0] = 1
