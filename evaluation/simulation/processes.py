"""Work on all cores, by processes that end with the one that started them."""

import os
import signal
import sys
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from concurrent.futures import Future
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from threading import Thread
from time import sleep
from typing import TypeVar

from joblib.externals.loky import FIRST_COMPLETED, ProcessPoolExecutor, wait

from solver.engines.processes.process import n_cores
from solver.registry import plugins

S = TypeVar("S")
T = TypeVar("T")

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


def results_of(
    task: Callable[[S], Iterable[T]], seeds: Sequence[S], count: int | None
) -> Generator[T]:
    """Yield the results of a task for every seed, or part of the work, in no order.

    However this ends, its processes end with it.

    Parameters
    ----------
    task
        Any callable, also one of a notebook, a script or a closure.
    seeds
        What it is called with.
    count
        Processes; by default one per core, and never more than seeds. With one, no
        process is started.

    Raises
    ------
    BrokenProcessPool
        Where a process was killed, as for want of memory; it has the exit codes.
    """
    count = min(len(seeds), n_cores() if count is None else count)
    if count > 1:
        yield from _by_processes(task, seeds, count)
    else:
        for seed in seeds:
            yield from task(seed)


def _by_processes(
    task: Callable[[S], Iterable[T]], seeds: Sequence[S], count: int
) -> Generator[T]:
    executor = ProcessPoolExecutor(
        count,
        initializer=_initialise,
        initargs=(os.getpid(), list(map(str, plugins.loaded_files))),
        env=dict.fromkeys(_ONE_THREAD, "1") | KEPT_MEMORY,
    )
    waiting = iter(seeds)

    def submit(seed: S) -> Future[list[T]]:
        with _our_packages_on_the_path():
            return executor.submit(_all_of, task, seed)

    try:
        # No task waits in the executor, which cannot end its processes cleanly then.
        working = set(map(submit, islice(waiting, count)))
        while working:
            done, working = wait(working, LOOK, FIRST_COMPLETED)
            for future in done:
                yield from future.result()
            working |= set(map(submit, islice(waiting, len(done))))
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


def _all_of(task: Callable[[S], Iterable[T]], seed: S) -> list[T]:
    return list(task(seed))


def _initialise(parent: int, plugin_files: Sequence[str]) -> None:
    """Load plug-ins, ignore keyboard interrupts, and end when the parent ends."""
    for file in plugin_files:
        plugins.load_plugin(file)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    Thread(target=_end_with, args=(parent,), daemon=True).start()


def _end_with(parent: int) -> None:
    while os.getppid() == parent:
        sleep(LOOK)
    os._exit(1)
