"""Processes that simulate on all cores, and end with the one that started them."""

import os
import subprocess
import sys
from collections.abc import Generator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, suppress
from queue import Empty, SimpleQueue

from evaluation.simulation import worker
from evaluation.simulation.result import Result
from evaluation.simulation.task import Task
from solver.engines.processes.process import WorkerProcess, n_cores

Answers = SimpleQueue[Result | BaseException]

LOOK = 0.1
"""Seconds between two looks for interrupts where waiting is deaf to them."""
_MAIN = f"from {worker.__name__} import main; main()"
_ONE_THREAD = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")


def simulated(tasks: Sequence[Task], count: int | None) -> Generator[Result]:
    """Yield the results of all tasks, in the order in which they are found.

    However this ends, its processes end with it.

    Parameters
    ----------
    tasks
        Each with at least one policy.
    count
        Processes; by default one per core, and never more than tasks. With one,
        no process is started.

    Raises
    ------
    RuntimeError
        Where a process came to grief.
    """
    count = min(len(tasks), n_cores() if count is None else count)
    if count > 1:
        yield from _by_processes(tasks, count)
    else:
        for task in tasks:
            yield from task.results()


def _by_processes(tasks: Sequence[Task], count: int) -> Generator[Result]:
    waiting: SimpleQueue[Task] = SimpleQueue()
    for task in tasks:
        waiting.put(task)
    answers: Answers = SimpleQueue()
    with ExitStack() as stack:
        threads = stack.enter_context(ThreadPoolExecutor(count))
        for process in [_start(stack) for _ in range(count)]:
            threads.submit(_work, process, waiting, answers)
        for _ in range(sum(len(task.policies) for task in tasks)):
            yield _next(answers)


def _next(answers: Answers) -> Result:
    while True:
        with suppress(Empty):
            found = answers.get(timeout=LOOK)
            if isinstance(found, BaseException):
                raise found
            return found


def _work(
    process: subprocess.Popen[bytes], waiting: SimpleQueue[Task], answers: Answers
) -> None:
    """Have a process do tasks until none is left."""
    assert process.stdin and process.stdout
    try:
        while True:
            task = waiting.get_nowait()
            worker.ask(process.stdin, task)
            for _ in task.policies:
                answers.put(worker.answer(process.stdout))
    except Empty:
        return
    except (OSError, EOFError) as error:
        code = process.wait()
        ended = f"a process that simulates ended with code {code}; memory enough?"
        answers.put(RuntimeError(ended).with_traceback(error.__traceback__))
    except Exception as error:
        answers.put(error)


def _start(stack: ExitStack) -> subprocess.Popen[bytes]:
    path = {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    environment = path | dict.fromkeys(_ONE_THREAD, "1")
    process = WorkerProcess(["-c", _MAIN], environment)
    stack.callback(process.end)
    return process.popen
