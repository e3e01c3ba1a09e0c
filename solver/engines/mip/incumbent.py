"""The best allocation so far, and the least bound."""

from collections.abc import Callable
from math import inf, isinf
from time import monotonic

import numpy as np

from solver.engines.mip.duality import LinearRelaxation
from solver.engines.mip.highs import SOLVED, Outcome
from solver.engines.mip.model import Model, Point
from solver.engines.mip.proof import Remaining, remaining

ROUNDING = 1e-6
"""Rounding error of a bound that is a whole number."""
REPORTING = 0.3
"""Seconds between two reports, at least."""
CLOSE = 1e-12
"""Relative difference of an objective and a bound that is none."""


class Incumbent:
    """What a solve knows: it only ever gets better.

    Parameters
    ----------
    relaxed
        The relaxation, whose bound is the first one.
    starts
        Allocations to begin with; they may break rules.
    bound
        No allocation is known to have a larger objective.
    progress
        Called by :meth:`report`.
    """

    def __init__(
        self,
        model: Model,
        relaxed: LinearRelaxation,
        starts: list[Point],
        bound: float,
        progress: Callable[[float, float], None] | None,
    ) -> None:
        self.model, self.relaxed = model, relaxed
        self.best = max(starts, key=lambda point: point.rank)
        self.bound = inf
        self._is_settled = False
        self._progress, self._reported = progress, -inf
        self._starts = starts
        self._tighten(min(bound, relaxed.bound))

    @property
    def assigns(self) -> bool:
        """Whether the best allocation assigns anything."""
        return bool(np.any(self.best.pair >= 0))

    @property
    def search_start(self) -> Point:
        """Where a search begins: the best allocation, or a start that assigns more.

        Leads assigned one by one can break shares that all of them together obey.
        """
        if self.assigns:
            return self.best
        return max(
            self._starts, key=lambda point: (np.any(point.pair >= 0), *point.rank)
        )

    @property
    def remaining(self) -> Remaining:
        """The columns that a better allocation could use."""
        return remaining(self.model, self.relaxed, self.best)

    @property
    def is_over(self) -> bool:
        """Whether nothing better is to be found."""
        return self._is_settled or self.bound == -inf or self.is_proven

    @property
    def is_proven(self) -> bool:
        """Whether the best allocation meets the bound."""
        met = self.best.objective >= self.bound - CLOSE * max(1.0, abs(self.bound))
        return self.best.obeys and met

    def apply(self, rest: Remaining, outcome: Outcome) -> None:
        """Take in an outcome of branch and bound."""
        self._tighten(rest.bound(outcome))
        self.take_over(rest.point(outcome), outcome.status == SOLVED)

    def take_over(self, point: Point | None, is_optimal: bool) -> None:
        """Keep a point that is at least as good; after an optimal one, all is over."""
        self.improve(point)
        self._is_settled |= is_optimal and point is not None

    def learn(self, bound: float) -> None:
        """Keep a bound where it is less than the one that is known."""
        self._tighten(max(bound, self.best.objective) if self.best.obeys else bound)

    def improve(self, point: Point | None) -> None:
        """Keep a point that is at least as good."""
        if point is not None and point.rank >= self.best.rank:
            self.best = point

    def report(self) -> None:
        """Tell the objective and the bound to whoever wants to know, not too often."""
        is_due = monotonic() >= self._reported + REPORTING
        if self._progress and self.best.obeys and is_due:
            self._progress(self.best.objective, self.bound)
            self._reported = monotonic()

    def _tighten(self, bound: float) -> None:
        if self.model.gains_are_whole and not isinf(bound):
            bound = float(np.floor(bound + ROUNDING))
        self.bound = min(self.bound, bound)
