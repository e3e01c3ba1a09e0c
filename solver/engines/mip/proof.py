"""Branch and bound over the pairs that a better allocation could use."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from solver.engines.mip.highs import INFEASIBLE, Outcome, Task
from solver.engines.mip.model import Model, Point, point_of
from solver.engines.mip.relaxation import LinearRelaxation, task_of
from solver.engines.mip.scale import at_one_scale

ROUNDING = 1e-9
"""Relative error that bounds and losses may have."""


@dataclass(frozen=True, eq=False)
class Remaining:
    """The columns that an allocation better than a known one could use.

    Attributes
    ----------
    kept
        Shape (n_columns,).
    sure
        Shape (n_leads,); leads that every better allocation assigns.
    known
        Objective of the known allocation; minus infinity if there is none.
    """

    model: Model
    kept: NDArray[np.bool_]
    sure: NDArray[np.bool_]
    known: float

    @property
    def task(self) -> Task:
        """The program of these columns, at one scale."""
        return self._scaled[0]

    @cached_property
    def _scaled(self) -> tuple[Task, float]:
        task = task_of(self.model, self.kept)
        return at_one_scale(self.model, task, self.kept, self.sure)

    def bound(self, outcome: Outcome) -> float:
        """Return the bound after this outcome; minus infinity if infeasible.

        The known allocation is within the program: that it is infeasible is not taken
        from a solver's word.
        """
        if outcome.status == INFEASIBLE and self.known == -np.inf:
            return -np.inf
        if outcome.status == INFEASIBLE or np.isnan(outcome.bound):
            return np.inf
        lacking = self.model.program.constant + self._scaled[1]
        return max(outcome.bound + lacking, self.known)

    def point(self, outcome: Outcome) -> Point | None:
        """Return the allocation of an outcome, if it obeys every hard rule."""
        if len(outcome.point) == 0:
            return None
        problem = self.model.problem
        columns = np.flatnonzero(self.kept)[outcome.point > 0.5]
        chosen = columns[columns < problem.n_pairs]
        pair = np.full(problem.n_leads, -1)
        pair[problem.lead[chosen]] = chosen
        point = point_of(self.model, pair)
        return point if point.obeys else None


def remaining(model: Model, relaxed: LinearRelaxation, best: Point) -> Remaining:
    """Return the columns that an allocation better than this one could use.

    A pair whose loss exceeds the gap between allocation and bound is in no better one
    (reduced-cost fixing).
    """
    if not best.obeys:
        everything = np.ones(model.rows.shape[1], dtype=bool)
        nobody = np.zeros(model.problem.n_leads, dtype=bool)
        return Remaining(model, everything, nobody, -np.inf)
    gap = relaxed.bound - best.objective + ROUNDING * max(1.0, abs(relaxed.bound))
    kept = best.value > 0
    kept[: len(relaxed.lost)] |= relaxed.lost <= gap
    kept[len(relaxed.lost) :] = True
    sure = (relaxed.skipped > gap) & (best.pair >= 0)
    return Remaining(model, kept, sure, best.objective)
