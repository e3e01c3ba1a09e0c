"""A program solved by a worker process while this one goes on."""

from concurrent.futures import Future, ThreadPoolExecutor, TimeoutError, wait
from contextlib import ExitStack, suppress
from time import monotonic, time
from types import TracebackType
from typing import Any, Self

import numpy as np

from solver.engines.mip.highs import Outcome, Task
from solver.engines.processes.process import WorkerProcess, worker_processes

PATIENCE = 0.1
"""Seconds between two checks for interrupts."""


class ProgramProcess:
    """A program in a worker process, which ends with the ``with`` block.

    Parameters
    ----------
    file
        The Python file whose ``solve`` the process calls.
    task
        The program.
    time_limit
        Seconds from now in which the process is to answer.
    options
        What else ``solve`` takes.
    """

    def __init__(
        self, file: str, task: Task, time_limit: float, **options: Any
    ) -> None:
        self._file, self._task, self._options = file, task, options
        self._deadline = time() + time_limit

    def __enter__(self) -> Self:
        with ExitStack() as stack:
            thread = stack.enter_context(ThreadPoolExecutor(1))
            [worker] = stack.enter_context(worker_processes(self._file, 1))
            self._answer: Future[Outcome] = thread.submit(self._ask, worker)
            self._stack = stack.pop_all()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._stack.close()

    @property
    def is_done(self) -> bool:
        """Whether it has answered."""
        return self._answer.done()

    def outcome(self, end: float) -> Outcome | None:
        """Return its answer, or None where there is none by `end` (monotonic clock).

        Raises
        ------
        RuntimeError
            Where the process failed.
        """
        while not self.is_done and monotonic() < end:
            wait([self._answer], min(PATIENCE, max(end - monotonic(), 0.0)))
        with suppress(TimeoutError):
            return self._answer.result(0)
        return None

    def _ask(self, worker: WorkerProcess) -> Outcome:
        answer = worker.answer(
            deadline=self._deadline, **self._options, **self._task._asdict()
        )
        return Outcome(
            int(answer["status"]),
            answer["point"],
            float(answer["bound"]),
            answer.get("price", np.zeros(0)),
        )
