"""The whole program in the order of the problem itself, as a plain call would have it.

The time of branch and bound varies with the order of columns: who compares with a plain
call of HiGHS has this one.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from solver.engines.mip.highs import INFEASIBLE, Outcome, Task
from solver.engines.mip.model import Model, Point, point_of
from solver.engines.mip.order import Shuffled
from solver.engines.mip.program import Program, program
from solver.problem.problem import Problem


@dataclass(frozen=True, eq=False)
class Natural:
    """A program whose columns nobody has shuffled or left out.

    Attributes
    ----------
    problem
        The problem in its own order.
    shuffled
        The way to the model's order.
    model
        The model that points are of.
    """

    problem: Problem
    shuffled: Shuffled
    model: Model

    @cached_property
    def program(self) -> Program:
        """The program of the problem."""
        return program(self.problem)

    @property
    def task(self) -> Task:
        """The same for HiGHS."""
        own = self.program
        entries = own.rows.data, own.rows.indices, own.rows.indptr
        return Task(own.gain, own.most, own.is_integer, *entries, own.lower, own.upper)

    def bound(self, outcome: Outcome) -> float:
        """Return the bound after this outcome; infinity where there is none.

        That a day is infeasible is not taken from a solver's word alone.
        """
        if outcome.status == INFEASIBLE or np.isnan(outcome.bound):
            return np.inf
        return outcome.bound + self.program.constant

    def point(self, outcome: Outcome) -> Point | None:
        """Return the allocation of an outcome, if it obeys every hard rule."""
        if len(outcome.point) == 0:
            return None
        chosen = np.flatnonzero(outcome.point[: self.problem.n_pairs] > 0.5)
        pair = np.full(self.problem.n_leads, -1)
        pair[self.problem.lead[chosen]] = chosen
        point = point_of(self.model, self.shuffled.shuffled_pair(pair))
        return point if point.obeys else None
