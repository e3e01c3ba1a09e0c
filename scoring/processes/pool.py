"""Processes that end with the one that started them."""

import os
import signal
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from pathlib import Path
from threading import Thread, current_thread, main_thread
from time import sleep
from typing import Any

from joblib.externals.loky import ProcessPoolExecutor

HOME = str(Path(__file__).resolve().parents[2])
"""The folder of our packages, which is not on the path of who imports `rightrep`."""
LOOK = 0.1
"""Seconds between two checks for interrupts and for the end of the parent."""
KEPT_MEMORY = {
    "MALLOC_MMAP_THRESHOLD_": str(1 << 26),
    "MALLOC_TRIM_THRESHOLD_": str(1 << 28),
}
"""Bytes that glibc does not give back, since the next task needs as much again."""
_ONE_THREAD = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")


@contextmanager
def pool_of(
    count: int, prepare: Callable[..., None] | None = None, *arguments: Any
) -> Iterator[Callable[..., Future[Any]]]:
    """Yield what gives a task with its arguments to one of so many processes.

    They have one thread each, and end on exit, however that comes about. No task should
    wait for a process: they cannot be ended cleanly then.

    Parameters
    ----------
    count
        How many.
    prepare
        What each process does first.
    arguments
        What that is called with.
    """
    executor = ProcessPoolExecutor(
        count,
        initializer=_initialise,
        initargs=(os.getpid(), prepare, arguments),
        env=dict.fromkeys(_ONE_THREAD, "1") | KEPT_MEMORY,
    )

    def submit(task: Callable[..., Any], *arguments: Any) -> Future[Any]:
        with _our_packages_on_the_path(), _interrupts_ignored():
            return executor.submit(task, *arguments)

    try:
        yield submit
    finally:
        executor.shutdown(kill_workers=True)


@contextmanager
def _our_packages_on_the_path() -> Iterator[None]:
    """Let a process that is started meanwhile find them: it inherits the path."""
    before = list(sys.path)
    sys.path.insert(0, HOME)
    try:
        yield
    finally:
        sys.path[:] = before


@contextmanager
def _interrupts_ignored() -> Iterator[None]:
    """Let a process that is started meanwhile ignore the keyboard from the start."""
    known = signal.getsignal(signal.SIGINT)
    if known is None or current_thread() is not main_thread():
        yield
        return
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, known)


def _initialise(
    parent: int, prepare: Callable[..., None] | None, arguments: tuple[Any, ...]
) -> None:
    """Prepare for work, ignore keyboard interrupts, and end when the parent ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    Thread(target=_end_with, args=(parent,), daemon=True).start()
    if prepare is not None:
        prepare(*arguments)


def _end_with(parent: int) -> None:
    while os.getppid() == parent:
        sleep(LOOK)
    os._exit(1)
