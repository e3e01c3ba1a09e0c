"""A program solved by a worker process while this one goes on."""

from concurrent.futures import Future, ThreadPoolExecutor, TimeoutError, wait
from contextlib import ExitStack, suppress
from time import monotonic, time
from types import TracebackType
from typing import Self

from solver.engines.mip import highs
from solver.engines.mip.highs import Outcome, Task
from solver.engines.processes.process import WorkerProcess, worker_processes

PATIENCE = 0.1
"""Seconds between two checks for interrupts."""


class ProgramProcess:
    """A program in a worker process, which ends with the ``with`` block.

    Parameters
    ----------
    kind
        "relaxed" or "branched".
    time_limit
        Seconds from now in which the process is to answer.
    """

    def __init__(self, kind: str, task: Task, time_limit: float) -> None:
        self._kind, self._task, self._deadline = kind, task, time() + time_limit

    def __enter__(self) -> Self:
        with ExitStack() as stack:
            thread = stack.enter_context(ThreadPoolExecutor(1))
            [worker] = stack.enter_context(worker_processes(highs.__file__, 1))
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
            kind=self._kind, deadline=self._deadline, **self._task._asdict()
        )
        return Outcome(
            int(answer["status"]),
            answer["point"],
            float(answer["bound"]),
            answer["price"],
        )
