"""Counterfactuals of a solved day, all within one time limit."""

from dataclasses import dataclass, replace
from time import perf_counter
from typing import NamedTuple

import numpy as np

from solver.building.day import Day
from solver.engines import solve
from solver.problem.deadline import Deadline
from solver.problem.problem import Problem
from solver.problem.result import Result, Status
from solver.two_level import is_two_level, solve_two_level

PART = 0.25
"""Part of the remaining time that one question may take."""


class Loss(NamedTuple):
    """What the objective loses by a change.

    Attributes
    ----------
    amount
        In the objective's unit; infinite where no allocation is left, NaN where
        none was found in time.
    is_proven
        Whether it is exact; otherwise the best allocations found differ by it.
    """

    amount: float
    is_proven: bool


@dataclass
class Counterfactuals:
    """Solves changed versions of a day, and compares their objectives.

    Attributes
    ----------
    day, result
        The day and its allocation.
    seed
        Breaks ties.
    deadline
        When the last answer is due.
    n_unsolved
        Questions asked so far that there was no time to answer.
    """

    day: Day
    result: Result
    seed: int
    deadline: Deadline
    n_unsolved: int = 0
    _shortest: float = 0.0

    @property
    def has_time(self) -> bool:
        """Whether there is time for the quickest of the solves so far."""
        return self.deadline.seconds > self._shortest

    def solved(self, problem: Problem) -> Result:
        """Return the allocation of a changed problem; none where there is no time."""
        if not self.has_time:
            self.n_unsolved += 1
            return Result.without_solution(problem, Status.NO_SOLUTION, "")
        began, seconds = perf_counter(), self.deadline.part(PART).seconds
        if is_two_level(self.result):
            changed = replace(self.day, problem=problem)
            result = solve_two_level(changed, seed=self.seed, time_limit=seconds)
        else:
            result = solve(problem, seed=self.seed, time_limit=seconds)
        took = perf_counter() - began
        self._shortest = min(self._shortest or took, took)
        self.n_unsolved += result.status == Status.NO_SOLUTION
        return result

    def loss(self, problem: Problem) -> Loss:
        """Return what the objective loses if the problem is this one."""
        again = self.solved(problem)
        if again.status == Status.INFEASIBLE:
            return Loss(np.inf, True)
        if not again.status.has_solution:
            return Loss(np.nan, False)
        is_proven = again.is_optimal and self.result.is_optimal
        return Loss(self.result.objective - again.objective, is_proven)

    def forcing(self, pair: int) -> Loss:
        """Return what it costs to force this pair."""
        problem = self.day.problem
        lead = problem.lead[pair]
        kept, must = problem.lead != lead, problem.must.copy()
        kept[pair] = must[lead] = True
        return self.loss(problem.restricted(kept).replace(must=must))

    def skipping(self, lead: int) -> Loss:
        """Return what it costs to leave this lead unassigned."""
        problem = self.day.problem
        if problem.must[lead]:
            return Loss(np.inf, True)
        return self.loss(problem.restricted(problem.lead != lead))
