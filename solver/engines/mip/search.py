"""Large neighbourhood search: parts of an allocation are solved again and again."""

import os
import sys
import threading
from collections.abc import Collection, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import contextmanager
from time import monotonic, sleep
from typing import Self

import numpy as np
from numpy.typing import NDArray

from solver.engines.mip.duality import LinearRelaxation
from solver.engines.mip.integers import in_whole_numbers
from solver.engines.mip.model import Model, Point, point_of
from solver.engines.mip.neighbourhood import Neighbourhood, Neighbourhoods
from solver.engines.mip.part import part_of
from solver.engines.mip.subproblem import Resolve

SECONDS = 0.5
"""Time limit of a part."""
WORK = 0.5
"""Work limit of a part, in CP-SAT's deterministic time."""
STUCK, NEARER = 4, 0.9
"""Parts that come no nearer to the hard rules, after which all pairs are solved anew
inside them; the share of what is outside that counts as nearer."""
ANEW, MOST_PAIRS = 8.0, 20_000
"""How many times as long as a part this may take, and pairs of such a day, at most."""
NICE = 4
"""By how much a thread that searches gives way to a proof on a busy machine."""
PATIENCE = 0.1
"""Seconds between two checks for interrupts."""


Answer = tuple[NDArray[np.int64] | None, bool]
"""The pairs that a part should choose, or None, and whether they are optimal."""


class Search:
    """Large neighbourhood search from an allocation.

    CP-SAT solves parts of it while the rest is fixed. Small parts that are solved at
    the same time have no rep in common; of others, a result that no longer fits is
    dropped.

    Parameters
    ----------
    relaxed
        Prices and losses that guide the choice.
    point
        Where to start; it may break rules.
    seed
        Of all random choices.
    threads
        Parts solved at the same time, at most; may be lowered and raised again.

    References
    ----------
    Shaw (1998), Using Constraint Programming and Local Search Methods to Solve
    Vehicle Routing Problems, CP 98.
    """

    def __init__(
        self,
        model: Model,
        relaxed: LinearRelaxation,
        point: Point,
        *,
        seed: int,
        threads: int,
    ) -> None:
        self.best = point
        self.threads, self._most_threads = threads, threads
        self._model = model
        self._rng = np.random.default_rng(seed)
        self._neighbourhoods = Neighbourhoods(model, relaxed, self._rng)
        self._nothing = point_of(model, np.full(model.problem.n_leads, -1))
        self._stuck = 0
        self._tries: dict[Future[Answer], tuple[Neighbourhood, Resolve]] = {}

    @contextmanager
    def running(self) -> Iterator[Self]:
        """Solve parts within the ``with`` block, and stop them at its end."""
        with ThreadPoolExecutor(
            self._most_threads, initializer=_give_way
        ) as self._pool:
            try:
                yield self
            finally:
                for _, resolve in self._tries.values():
                    resolve.stop()

    def improve(self, end: float) -> None:
        """Improve the best allocation until `end`, by the monotonic clock."""
        while monotonic() < end:
            while len(self._tries) < self.threads and self._start_part():
                pass
            remaining = max(min(end - monotonic(), PATIENCE), 0.0)
            if not self._tries:
                sleep(remaining)
            done, _ = wait(self._tries, remaining, FIRST_COMPLETED)
            for future in done:
                part, _ = self._tries.pop(future)
                self._take(part, *future.result())

    def improve_by_work(self) -> None:
        """Solve one part, in this thread, with a fixed amount of work."""
        part = self._next_part((), 1)
        assert part is not None
        resolve, seed = Resolve(), int(self._rng.integers(2**31))
        self._take(part, *self._solved(self.best, part, resolve, seed, work=WORK))

    def _start_part(self) -> bool:
        busy = [part for part, _ in self._tries.values()]
        part = self._next_part(busy, self.threads)
        if part is None:
            return False
        resolve, seed = Resolve(), int(self._rng.integers(2**31))
        future = self._pool.submit(
            self._solved, self.best, part, resolve, seed, seconds=SECONDS
        )
        self._tries[future] = part, resolve
        return True

    def _next_part(
        self, busy: Collection[Neighbourhood], threads: int
    ) -> Neighbourhood | None:
        """Return the next part: everything, where parts do not lead into the rules."""
        if self._stuck < STUCK or self._model.problem.n_pairs > MOST_PAIRS:
            return self._neighbourhoods.next(self.best, busy, threads)
        if any(part.is_everything for part in busy):
            return None
        return self._neighbourhoods.everything

    def _solved(
        self,
        point: Point,
        part: Neighbourhood,
        resolve: Resolve,
        seed: int,
        **limit: float,
    ) -> Answer:
        pairs, rng = part.pairs, np.random.default_rng(seed)
        anew = part.is_everything
        if anew:
            point = self._nothing
            limit = {name: ANEW * most for name, most in limit.items()}
        free = part_of(self._model, point, pairs)
        whole = in_whole_numbers(free, rng, inwards=anew or bool(rng.integers(2)))
        values, is_best = resolve.values(whole, seed, hinted=not anew, **limit)
        chosen = None if values is None else pairs[values[: len(pairs)] == 1]
        return chosen, is_best

    def _take(
        self, part: Neighbourhood, chosen: NDArray[np.int64] | None, is_best: bool
    ) -> None:
        known = self.best
        if chosen is not None:
            pair = known.pair.copy()
            pair[part.leads] = -1
            pair[self._model.problem.lead[chosen]] = chosen
            self.best = max(point_of(self._model, pair), known, key=_rank)
        is_nearer = self.best.obeys or self.best.rank[0] > NEARER * known.rank[0]
        self._stuck = 0 if is_nearer else self._stuck + 1
        gain = max(self.best.objective - known.objective, 0.0)
        if not part.is_everything:
            self._neighbourhoods.update(part, solved=is_best, gain=gain)


def _rank(point: Point) -> tuple[float, float]:
    return point.rank


def _give_way() -> None:
    """Lower the priority of this thread, where threads have one of their own."""
    if sys.platform == "linux":
        thread = threading.get_native_id()
        priority = os.getpriority(os.PRIO_PROCESS, thread) + NICE
        os.setpriority(os.PRIO_PROCESS, thread, priority)
