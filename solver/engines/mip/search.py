"""Large neighbourhood search: parts of an allocation solved again and again."""

from collections.abc import Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import contextmanager
from dataclasses import dataclass, field
from time import monotonic
from typing import Self

import numpy as np
from numpy.typing import NDArray

from solver.engines.mip.model import Model, Point, point_of
from solver.engines.mip.relaxation import Relaxation
from solver.engines.mip.subproblem import Resolve, part_of

SECONDS = 0.5
"""What a part may take."""
BREADTHS = (2.0, 3.0, 5.0)
"""Pairs per lead, on average over all leads, that a part may choose from."""
FIRST_SIZE, SMALLEST, LARGEST = 24.0, 6.0, 4_000.0
"""Leads in a part."""
LARGER, SMALLER = 1.03, 0.9
"""What becomes of that number after parts that were, or were not, solved in time."""
BROADER, NARROWER, WHOLE = 1.02, 0.9, 1e6
"""What becomes of breadths, and the most they become."""
PATIENCE = 0.1
"""Seconds between two looks for interrupts."""


@dataclass(eq=False)
class _Try:
    """A part being solved."""

    reps: NDArray[np.int64]
    leads: NDArray[np.int64]
    pairs: NDArray[np.int64]
    seed: int
    resolve: Resolve = field(default_factory=Resolve)


@dataclass(frozen=True, eq=False)
class _Answer:
    """The pairs that a part should choose, or None, and whether they are its best."""

    chosen: NDArray[np.int64] | None
    is_best: bool


class Search:
    """Improves an allocation for as long as it is asked to.

    A part is some reps, more likely those whose leads lose most against the prices,
    with these leads and some that nobody has; their pairs of small loss are decided
    again by CP-SAT. Parts in work at the same time have no rep in common while they
    are small; of others, what no longer fits is dropped.

    Parameters
    ----------
    relaxed
        Prices and losses that guide the choice.
    point
        Where to start; it may break rules.
    seed
        Of all random choices.
    threads
        Parts in work at the same time.

    References
    ----------
    Shaw (1998), Using Constraint Programming and Local Search Methods to Solve
    Vehicle Routing Problems, CP 98.
    """

    def __init__(
        self,
        model: Model,
        relaxed: Relaxation,
        point: Point,
        *,
        seed: int,
        threads: int,
    ) -> None:
        self.best = point
        self._model, self._relaxed, self._threads = model, relaxed, threads
        self._rng = np.random.default_rng(seed)
        self._size, self._breadth = FIRST_SIZE, 1.0
        self._losses_ordered = np.sort(relaxed.lost)
        self._tries: dict[Future[_Answer], _Try] = {}

    @contextmanager
    def running(self) -> Iterator[Self]:
        """Keep parts in work within the ``with`` block, and end them with it."""
        with ThreadPoolExecutor(self._threads) as self._pool:
            try:
                yield self
            finally:
                for each in self._tries.values():
                    each.resolve.stop()

    def improve(self, end: float) -> None:
        """Improve the best allocation until `end`, by the monotonic clock."""
        while monotonic() < end:
            while len(self._tries) < self._threads and self._start_part():
                pass
            left = max(min(end - monotonic(), PATIENCE), 0.0)
            done, _ = wait(self._tries, left, FIRST_COMPLETED)
            for future in done:
                self._take(self._tries.pop(future), future.result())

    def _start_part(self) -> bool:
        reps = self._reps()
        if len(reps) == 0:
            return False
        leads, pairs = self._leads_and_pairs(reps)
        new = _Try(reps, leads, pairs, int(self._rng.integers(2**31)))
        self._tries[self._pool.submit(self._solved, self.best, new)] = new
        return True

    def _reps(self) -> NDArray[np.int64]:
        """Return reps with about as many leads as a part should have.

        They are idle, unless parts are too large to be apart.
        """
        n_reps = self._model.problem.n_reps
        idle = np.ones(n_reps, dtype=bool)
        if self._size * self._threads <= self._model.problem.n_leads:
            for each in self._tries.values():
                idle[each.reps] = False
        those = np.flatnonzero(idle)
        if len(those) == 0:
            return those
        chance = self._losses()[those] ** 2
        chance = chance / max(chance.sum(), 1e-300) + 0.1 / len(those)
        order = self._rng.choice(
            those, len(those), replace=False, p=chance / chance.sum()
        )
        held = self.best.pair[self.best.pair >= 0]
        load = np.bincount(self._model.problem.rep[held], minlength=n_reps)
        enough = int(np.searchsorted(np.cumsum(load[order]), self._size)) + 1
        return order[: max(enough, 2)]

    def _losses(self) -> NDArray[np.float64]:
        """Return what each rep's leads and unused slots lose, shape (n_reps,)."""
        model, point, price = self._model, self.best, self._relaxed.price
        n_reps = model.problem.n_reps
        held = point.pair[point.pair >= 0]
        reps = model.problem.rep[held]
        loss = np.bincount(reps, np.maximum(self._relaxed.lost[held], 0), n_reps)
        bound = np.where(price > 0, model.program.upper, model.program.lower)
        with np.errstate(invalid="ignore"):
            unused = np.where(price == 0, 0.0, price * (bound - point.activity))
        unused += np.where(point.excess > 0, 1 + loss.max(initial=0.0), 0.0)
        of_rep = model.rep_of_row >= 0
        rows = model.rep_of_row[of_rep]
        of_slots = np.bincount(rows, np.maximum(unused[of_rep], 0.0), n_reps)
        return np.asarray(loss + of_slots, dtype=np.float64)

    def _leads_and_pairs(
        self, reps: NDArray[np.int64]
    ) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Return the leads of a part, and the pairs that it chooses from."""
        problem, pair = self._model.problem, self.best.pair
        limit = self._loss_limit()
        is_rep = np.zeros(problem.n_reps, dtype=bool)
        is_rep[reps] = True
        possible = is_rep[problem.rep] & (self._relaxed.lost <= limit)
        possible[pair[pair >= 0]] = is_rep[problem.rep[pair[pair >= 0]]]
        of_part = np.zeros(problem.n_leads, dtype=bool)
        of_part[pair >= 0] = is_rep[problem.rep[pair[pair >= 0]]]
        of_part[self._waiting(possible)] = True
        pairs = np.flatnonzero(possible & of_part[problem.lead])
        return np.flatnonzero(of_part), pairs

    def _loss_limit(self) -> float:
        """Return up to which loss a part looks at pairs."""
        breadth = self._rng.choice(BREADTHS) * self._breadth
        place = int(breadth * self._model.problem.n_leads)
        return float(self._losses_ordered[min(place, len(self._losses_ordered) - 1)])

    def _waiting(self, possible: NDArray[np.bool_]) -> NDArray[np.int64]:
        """Return some leads that nobody has and that could be placed here."""
        problem = self._model.problem
        could = np.bincount(problem.lead[possible], minlength=problem.n_leads) > 0
        waiting = np.flatnonzero(could & (self.best.pair < 0))
        urgency = self._relaxed.skipped[waiting] * self._rng.random(len(waiting))
        order = np.argsort(-urgency, kind="stable")
        return waiting[order[: int(self._size / 2) + 1]]

    def _solved(self, point: Point, part: _Try) -> _Answer:
        rng = np.random.default_rng(part.seed)
        small = part_of(self._model, point, part.pairs, rng)
        values, is_best = part.resolve.values(small, SECONDS, part.seed)
        if values is None:
            return _Answer(None, is_best)
        return _Answer(part.pairs[values[: len(part.pairs)] == 1], is_best)

    def _take(self, part: _Try, answer: _Answer) -> None:
        self._adapt(answer.is_best)
        if answer.chosen is None:
            return
        pair = self.best.pair.copy()
        pair[part.leads] = -1
        pair[self._model.problem.lead[answer.chosen]] = answer.chosen
        point = point_of(self._model, pair)
        if point.rank >= self.best.rank:
            self.best = point

    def _adapt(self, solved: bool) -> None:
        """Make parts larger and broader where they are solved in time."""
        largest = float(min(self._model.problem.n_leads, LARGEST))
        self._size *= LARGER if solved else SMALLER
        self._size = min(max(self._size, SMALLEST), largest)
        self._breadth *= BROADER if solved else NARROWER
        self._breadth = min(max(self._breadth, 1.0), WHOLE)
