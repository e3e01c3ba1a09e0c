"""A process that simulates: tasks come in on stdin, results go out on stdout.

It answers every task with one result per policy, or with the error that ended it.
"""

import pickle
import sys
from typing import IO

from evaluation.simulation.result import Result
from evaluation.simulation.task import Task


def ask(process: IO[bytes], task: Task) -> None:
    """Send a task to a process's stdin."""
    pickle.dump(task, process)
    process.flush()


def answer(process: IO[bytes]) -> Result:
    """Return the next result of a process's task, from its stdout.

    Raises
    ------
    Exception
        What ended the task.
    EOFError
        Where the process has ended.
    """
    found = pickle.load(process)
    if isinstance(found, Exception):
        raise found
    assert isinstance(found, Result)
    return found


def serve(tasks: IO[bytes], answers: IO[bytes]) -> None:
    """Simulate until nobody asks for more."""
    while True:
        try:
            task: Task = pickle.load(tasks)
        except EOFError:
            return
        try:
            for found in task.results():
                pickle.dump(found, answers)
                answers.flush()
        except Exception as error:
            pickle.dump(error, answers)
            answers.flush()


def main() -> None:
    """Serve whoever holds the other ends of stdin and stdout."""
    pipe, sys.stdout = sys.stdout.buffer, sys.stderr
    serve(sys.stdin.buffer, pipe)
