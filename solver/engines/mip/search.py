"""Large neighbourhood search: parts of an allocation solved again and again."""

from collections.abc import Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import contextmanager
from dataclasses import dataclass, field
from time import monotonic
from typing import Self

import numpy as np
from numpy.typing import NDArray

from solver.engines.mip.integers import in_whole_numbers
from solver.engines.mip.model import Model, Point, point_of
from solver.engines.mip.neighbourhood import Neighbourhood, Neighbourhoods
from solver.engines.mip.part import part_of
from solver.engines.mip.relaxation import LinearRelaxation
from solver.engines.mip.subproblem import Resolve

SECONDS = 0.5
"""What a part may take."""
PATIENCE = 0.1
"""Seconds between two looks for interrupts."""


@dataclass(eq=False)
class _Try:
    """A part being solved."""

    part: Neighbourhood
    seed: int
    resolve: Resolve = field(default_factory=Resolve)


@dataclass(frozen=True, eq=False)
class _Answer:
    """The pairs that a part should choose, or None, and whether they are its best."""

    chosen: NDArray[np.int64] | None
    is_best: bool


class Search:
    """Improves an allocation for as long as it is asked to.

    Parts of it are decided again by CP-SAT while the rest stands still. Parts in work
    at the same time have no rep in common while they are small; of others, what no
    longer fits is dropped.

    Parameters
    ----------
    relaxed
        Prices and losses that guide the choice.
    point
        Where to start; it may break rules.
    seed
        Of all random choices.
    threads
        Parts in work at the same time, at most; may be made fewer and more again.

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
        self._tries: dict[Future[_Answer], _Try] = {}

    @contextmanager
    def running(self) -> Iterator[Self]:
        """Keep parts in work within the ``with`` block, and end them with it."""
        with ThreadPoolExecutor(self._most_threads) as self._pool:
            try:
                yield self
            finally:
                for each in self._tries.values():
                    each.resolve.stop()

    def improve(self, end: float) -> None:
        """Improve the best allocation until `end`, by the monotonic clock."""
        while monotonic() < end:
            while len(self._tries) < self.threads and self._start_part():
                pass
            left = max(min(end - monotonic(), PATIENCE), 0.0)
            done, _ = wait(self._tries, left, FIRST_COMPLETED)
            for future in done:
                self._take(self._tries.pop(future).part, future.result())

    def _start_part(self) -> bool:
        busy = [each.part for each in self._tries.values()]
        part = self._neighbourhoods.next(self.best, busy, self.threads)
        if part is None:
            return False
        new = _Try(part, int(self._rng.integers(2**31)))
        self._tries[self._pool.submit(self._solved, self.best, new)] = new
        return True

    def _solved(self, point: Point, tried: _Try) -> _Answer:
        pairs, rng = tried.part.pairs, np.random.default_rng(tried.seed)
        small = in_whole_numbers(part_of(self._model, point, pairs), rng)
        values, is_best = tried.resolve.values(small, SECONDS, tried.seed)
        if values is None:
            return _Answer(None, is_best)
        return _Answer(pairs[values[: len(pairs)] == 1], is_best)

    def _take(self, part: Neighbourhood, answer: _Answer) -> None:
        self._neighbourhoods.update(part, answer.is_best)
        if answer.chosen is None:
            return
        pair = self.best.pair.copy()
        pair[part.leads] = -1
        pair[self._model.problem.lead[answer.chosen]] = answer.chosen
        point = point_of(self._model, pair)
        if point.rank >= self.best.rank:
            self.best = point
