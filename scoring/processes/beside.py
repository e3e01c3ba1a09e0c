"""One task that a process of its own does while this one goes on."""

import warnings
from collections.abc import Callable, Iterator
from concurrent.futures import Future, wait
from contextlib import contextmanager
from multiprocessing import parent_process
from typing import Any, TypeVar

from joblib import cpu_count

from scoring.processes.pool import LOOK, pool_of

T = TypeVar("T")
Warned = tuple[Warning, type[Warning], str, int]


def has_room() -> bool:
    """Tell whether another process had a core of its own.

    One that is itself a worker leaves the other cores to its like.
    """
    return parent_process() is None and cpu_count() > 1


@contextmanager
def begun(task: Callable[..., T], *arguments: Any) -> Iterator[Callable[[], T]]:
    """Yield what waits for the task's result, and raises and warns what the task did.

    However this ends, the process ends with it.

    Parameters
    ----------
    task
        Any callable.
    arguments
        What it is called with: the process has a copy of them.
    """
    with pool_of(1) as submit:
        future = submit(_noted, task, arguments)
        yield lambda: _awaited(future)


def _noted(
    task: Callable[..., T], arguments: tuple[Any, ...]
) -> tuple[T, list[Warned]]:
    with warnings.catch_warnings(record=True) as noted:
        warnings.simplefilter("default")
        result = task(*arguments)
    return result, [_picklable(warned) for warned in noted]


def _picklable(noted: warnings.WarningMessage) -> Warned:
    message = noted.message
    if not isinstance(message, Warning):
        message = noted.category(message)
    return message, noted.category, noted.filename, noted.lineno


def _awaited(future: Future[tuple[T, list[Warned]]]) -> T:
    while not wait([future], LOOK).done:
        pass
    result, noted = future.result()
    for warned in noted:
        warnings.warn_explicit(*warned)
    return result
