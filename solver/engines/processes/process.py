"""Worker processes: one task after the other, ended with their parent."""

import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from typing import Any

from numpy.typing import NDArray

from solver.engines.processes import watchdog, worker
from solver.engines.processes.arrays import receive, send

ONE_THREAD = {"OPENBLAS_NUM_THREADS": "1"}
"""Environment in which NumPy keeps to one core."""


class WorkerProcess:
    """A process that solves tasks, while this one goes on.

    Parameters
    ----------
    arguments
        Arguments of the Python interpreter.
    environment
        Variables that replace those of this process.
    """

    def __init__(
        self, arguments: list[str], environment: Mapping[str, str] = ONE_THREAD
    ) -> None:
        self.popen = subprocess.Popen(
            [sys.executable, "-P", *arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=os.environ | dict(environment),
            # An interrupt from the keyboard is for us, who then end it.
            process_group=0,
            creationflags=getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0),
        )

    def answer(self, **question: Any) -> dict[str, NDArray[Any]]:
        """Return the process's answer to a question, both named arrays.

        Raises
        ------
        RuntimeError
            Where the process has ended.
        """
        assert self.popen.stdin and self.popen.stdout
        try:
            send(self.popen.stdin, **question)
            return receive(self.popen.stdout)
        except (OSError, EOFError) as error:
            raise RuntimeError(
                f"a process that solves ended with code {self.popen.wait()}; "
                "was there memory enough?"
            ) from error

    def end(self) -> None:
        """Kill the process."""
        with suppress(OSError), self.popen:
            self.popen.kill()


@contextmanager
def worker_processes(file: str, count: int) -> Iterator[list[WorkerProcess]]:
    """Yield worker processes, which end on exit and when this process is killed.

    Parameters
    ----------
    file
        A Python file whose ``solve`` takes and returns named arrays.
    count
        How many.
    """
    with ExitStack() as stack:
        workers = [_started(stack, [worker.__file__, file]) for _ in range(count)]
        watched = [str(process.popen.pid) for process in workers]
        _started(stack, [watchdog.__file__, *watched])
        yield workers


def n_cores() -> int:
    """Return how many processes can run at once."""
    count = getattr(os, "process_cpu_count", os.cpu_count)
    return count() or 1


def _started(stack: ExitStack, arguments: list[str]) -> WorkerProcess:
    process = WorkerProcess(arguments)
    stack.callback(process.end)
    return process
