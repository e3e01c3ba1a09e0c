"""Branch and bound over the pairs that a better allocation could use."""

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Self

import numpy as np
from numpy.typing import NDArray

from solver.engines.mip.duality import LinearRelaxation
from solver.engines.mip.highs import INFEASIBLE, Outcome, Task
from solver.engines.mip.model import Model, Point, point_of
from solver.engines.mip.relaxation import task_of
from solver.engines.mip.scale import Scaled, at_one_scale, huge_leads

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
    at_one_scale
        Whether costs that outweigh all else are cut, so that the rest is seen.
    """

    model: Model
    kept: NDArray[np.bool_]
    sure: NDArray[np.bool_]
    known: float
    at_one_scale: bool = True

    @property
    def task(self) -> Task:
        """The program of these columns."""
        return self._scaled.task

    @property
    def has_cut_costs(self) -> bool:
        """Whether costs are cut, so that which of them is larger is not seen."""
        return bool(self._scaled.is_cut.any())

    @property
    def is_uneven(self) -> bool:
        """Whether some gains or costs are so large that others are not seen."""
        return self.has_cut_costs or bool(self._is_huge.any())

    @property
    def as_it_is(self) -> Self:
        """The same columns with all costs as they are."""
        return replace(self, at_one_scale=False)

    def held(self, best: Point) -> Task:
        """Return the program in which what the largest gains and costs decide is fixed.

        Leads of huge gains stay as they are, cut costs are not larger than now.
        """
        task, value, is_huge = self.task, best.value[self.kept], self._is_huge
        is_held = is_huge | self._scaled.is_cut
        most = np.where(is_held, np.minimum(task.most, value), task.most)
        gain = np.where(is_huge, 0.0, task.gain)
        lower = task.lower.copy()
        is_assigned = huge_leads(self.model) & (best.pair >= 0)
        lower[: self.model.problem.n_leads][is_assigned] = 1.0
        return task._replace(most=most, gain=gain, lower=lower)

    @cached_property
    def _is_huge(self) -> NDArray[np.bool_]:
        """Tell the kept columns that are pairs of huge leads."""
        problem = self.model.problem
        is_huge = np.zeros(len(self.kept), dtype=bool)
        is_huge[: problem.n_pairs] = huge_leads(self.model)[problem.lead]
        return is_huge[self.kept]

    @cached_property
    def _scaled(self) -> Scaled:
        task = task_of(self.model, self.kept)
        if self.at_one_scale:
            return at_one_scale(self.model, task, self.kept, self.sure)
        return Scaled(task, 0.0, np.zeros(len(task.gain), dtype=bool))

    def bound(self, outcome: Outcome) -> float:
        """Return the bound after this outcome; minus infinity if infeasible.

        The known allocation is within the program: that it is infeasible is not taken
        from a solver's word.
        """
        if outcome.status == INFEASIBLE and self.known == -np.inf:
            return -np.inf
        if outcome.status == INFEASIBLE or np.isnan(outcome.bound):
            return np.inf
        lacking = self.model.program.constant + self._scaled.lacking
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
