"""Neighbourhoods: which part of an allocation to solve again."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from solver.engines.mip.duality import LinearRelaxation
from solver.engines.mip.model import Model, Point

BREADTHS = (1.3, 2.0, 3.0, 5.0, 10.0, 25.0)
"""Pairs per lead, on average over all leads, that a part may choose from."""
FIRST_SIZE, SMALLEST = 100.0, 20.0
"""Pairs in a part beside the present ones."""
LARGER, SMALLER = 1.08, 0.85
"""What becomes of that number after parts that were, or were not, solved in time."""
BROADER, NARROWER = 1.1, 0.98
"""What becomes of breadths after parts of the whole that were, or were not."""
UNIFORM = 0.1
"""Share of a rep's probability that does not depend on losses."""
FORGETTING, LEAST = 0.1, 0.2
"""What the last part counts in a breadth's mean gain; a breadth's least weight."""


@dataclass(frozen=True, eq=False)
class Neighbourhood:
    """A part of an allocation to be solved again.

    Attributes
    ----------
    reps, leads, pairs
        Positions: the part's leads choose among its pairs, all with its reps.
    level
        Which of the breadths it has.
    is_whole
        Whether it has every rep.
    is_everything
        Whether it has every pair.
    """

    reps: NDArray[np.int64]
    leads: NDArray[np.int64]
    pairs: NDArray[np.int64]
    level: int
    is_whole: bool
    is_everything: bool = False


class Neighbourhoods:
    """Draws parts, more likely of reps whose leads lose most at the dual prices.

    Parts grow and shrink with what can be solved in time; breadths that have improved
    the allocation lately are drawn more often.

    References
    ----------
    Ropke & Pisinger (2006), An Adaptive Large Neighborhood Search Heuristic,
    Transportation Science 40, 455-472.
    """

    def __init__(
        self, model: Model, relaxed: LinearRelaxation, rng: np.random.Generator
    ) -> None:
        self._model, self._relaxed, self._rng = model, relaxed, rng
        self._by_loss = np.argsort(relaxed.lost, kind="stable")
        self._sizes = np.full(len(BREADTHS), FIRST_SIZE)
        self._gains = np.zeros(len(BREADTHS))
        self._scale = 1.0

    def next(
        self, point: Point, busy: Iterable[Neighbourhood], threads: int
    ) -> Neighbourhood | None:
        """Return a part of an allocation, or None while all reps are busy.

        Parameters
        ----------
        busy
            Parts in work; while parts are small, their reps are left alone.
        """
        weights = np.maximum(self._gains, max(LEAST * self._gains.max(), 1e-300))
        level = int(self._rng.choice(len(BREADTHS), p=weights / weights.sum()))
        near = self._near(level)
        idle = np.ones(self._model.problem.n_reps, dtype=bool)
        if self._sizes[level] * threads <= len(near):
            for part in busy:
                idle[part.reps] = False
        if not idle.any():
            return None
        order = self._order(point, np.flatnonzero(idle))
        return self._part_of(order, point, near, level)

    @property
    def everything(self) -> Neighbourhood:
        """All pairs."""
        problem = self._model.problem
        reps, leads = np.arange(problem.n_reps), np.arange(problem.n_leads)
        pairs, level = np.arange(problem.n_pairs), len(BREADTHS) - 1
        return Neighbourhood(reps, leads, pairs, level, True, is_everything=True)

    def update(self, part: Neighbourhood, *, solved: bool, gain: float) -> None:
        """Adapt to whether a part was solved in time, and what it gained."""
        self._gains[part.level] += FORGETTING * (gain - self._gains[part.level])
        size = self._sizes[part.level] * (LARGER if solved else SMALLER)
        most = max(float(self._model.problem.n_pairs), SMALLEST)
        self._sizes[part.level] = min(max(size, SMALLEST), most)
        scale = self._scale * (BROADER if solved and part.is_whole else NARROWER)
        self._scale = min(max(scale, 1.0), most)

    def _near(self, level: int) -> NDArray[np.int64]:
        """Return the pairs of small loss."""
        breadth = BREADTHS[level] * self._scale
        return self._by_loss[: int(breadth * self._model.problem.n_leads)]

    def _order(self, point: Point, reps: NDArray[np.int64]) -> NDArray[np.int64]:
        probability = self._losses(point)[reps] ** 2
        probability = probability / max(probability.sum(), 1e-300) + UNIFORM / len(reps)
        probability /= probability.sum()
        return self._rng.choice(reps, len(reps), replace=False, p=probability)

    def _losses(self, point: Point) -> NDArray[np.float64]:
        """Return what each rep's leads and unused slots lose, shape (n_reps,)."""
        model, price = self._model, self._relaxed.price
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

    def _part_of(
        self,
        order: NDArray[np.int64],
        point: Point,
        near: NDArray[np.int64],
        level: int,
    ) -> Neighbourhood:
        """Return the part of the first reps, as many as make it large enough."""
        problem = self._model.problem
        place = np.full(problem.n_reps, problem.n_reps)
        place[order] = np.arange(len(order))
        holder = np.where(point.pair >= 0, problem.rep[point.pair], -1)
        held_at = np.where(holder >= 0, place[holder], 0)
        other = near[point.pair[problem.lead[near]] != near]
        last = np.maximum(place[problem.rep[other]], held_at[problem.lead[other]])
        sizes = np.cumsum(np.bincount(last, minlength=problem.n_reps + 1))
        enough = int(np.searchsorted(sizes, self._sizes[level])) + 1
        count = min(max(enough, 2), len(order))
        open_pairs = other[last < count]
        limit = self._relaxed.lost[near[-1]] if len(near) else 0.0
        may_leave = (self._relaxed.skipped <= limit) & (holder >= 0) & (held_at < count)
        leads = np.union1d(problem.lead[open_pairs], np.flatnonzero(may_leave))
        now = point.pair[leads]
        pairs = np.union1d(open_pairs, now[now >= 0])
        whole = count == problem.n_reps
        return Neighbourhood(order[:count], leads, pairs, level, whole)
