"""Work on all cores, by processes that end with the one that started them."""

from collections.abc import Callable, Generator, Iterable, Sequence
from concurrent.futures import FIRST_COMPLETED, wait
from itertools import islice
from typing import TypeVar

from scoring.processes.pool import LOOK, pool_of
from solver.engines.processes.process import n_cores
from solver.registry import plugins

S = TypeVar("S")
T = TypeVar("T")


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
    waiting = iter(seeds)
    files = list(map(str, plugins.loaded_files))
    with pool_of(count, _load_plugins, files) as submit:
        working = {submit(_all_of, task, seed) for seed in islice(waiting, count)}
        while working:
            done, working = wait(working, LOOK, FIRST_COMPLETED)
            for future in done:
                yield from future.result()
            following = islice(waiting, len(done))
            working |= {submit(_all_of, task, seed) for seed in following}


def _all_of(task: Callable[[S], Iterable[T]], seed: S) -> list[T]:
    return list(task(seed))


def _load_plugins(files: Sequence[str]) -> None:
    for file in files:
        plugins.load_plugin(file)
