"""Branch and bound over the pairs that a better allocation could choose."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from solver.engines.mip.highs import INFEASIBLE, SOLVED, Outcome, Task
from solver.engines.mip.model import Model, Point, point_of
from solver.engines.mip.relaxation import LinearRelaxation, task_of

ROUNDING = 1e-9
"""Relative error that bounds and losses may have."""


@dataclass(frozen=True, eq=False)
class Remaining:
    """The columns that an allocation better than a known one could use.

    Attributes
    ----------
    kept
        Shape (n_columns,).
    known
        Objective of the known allocation; minus infinity if there is none.
    """

    model: Model
    kept: NDArray[np.bool_]
    known: float

    @property
    def task(self) -> Task:
        """The program of these columns."""
        return task_of(self.model, self.kept)

    def bound(self, outcome: Outcome) -> float:
        """Return what no allocation exceeds after this; minus infinity if none is."""
        if outcome.status == INFEASIBLE:
            return self.known
        if np.isnan(outcome.bound):
            return np.inf
        return max(outcome.bound + self.model.program.constant, self.known)

    def point(self, outcome: Outcome) -> Point | None:
        """Return the allocation that was found, if it holds every hard rule."""
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
    """Return what could still be better than this allocation.

    A pair whose loss is larger than what the allocation lacks to the bound is in no
    better one.
    """
    if not best.obeys:
        everything = np.ones(model.rows.shape[1], dtype=bool)
        return Remaining(model, everything, -np.inf)
    lacks = relaxed.bound - best.objective + ROUNDING * max(1.0, abs(relaxed.bound))
    kept = best.value > 0
    kept[: len(relaxed.lost)] |= relaxed.lost <= lacks
    kept[len(relaxed.lost) :] = True
    return Remaining(model, kept, best.objective)


def is_settled(outcome: Outcome) -> bool:
    """Whether branch and bound came to its end."""
    return outcome.status in (SOLVED, INFEASIBLE)
