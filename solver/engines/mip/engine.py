"""The mixed-integer engine: any rules, by dual bounds, search and branch and bound."""

from collections.abc import Callable
from math import inf, isinf
from time import monotonic

import numpy as np
from numpy.typing import NDArray

from solver.engines.mip.highs import Outcome, Task, branched
from solver.engines.mip.model import Model, Point, point_of
from solver.engines.mip.order import Shuffled
from solver.engines.mip.process import ProgramProcess
from solver.engines.mip.proof import Remaining, is_settled, remaining
from solver.engines.mip.relaxation import (
    InfeasibleError,
    LinearRelaxation,
    proven_by,
    relaxation,
)
from solver.engines.mip.search import Search
from solver.engines.mip.start import rounded
from solver.engines.processes.process import n_cores
from solver.engines.processes.silence import silenced
from solver.problem.problem import Problem
from solver.problem.result import Result, Status
from solver.problem.solution import Solution

NAME = "mip"

RELAXING = 0.4
"""Share of the time limit that the relaxation may take."""
SEARCHING = 0.05
"""Share of the time limit for a first search, so that the proof has less to do."""
PROVING = 0.8
"""Share of the remaining time that a proof may take; then all cores search."""
LONGEST_SEARCH = 10.0
"""Seconds that the first search takes at most."""
FEW, AT_ONCE = 2_000, 0.5
"""Columns of a program that is first tried in this process, and its seconds."""
MANY = 300_000
"""Columns of a program too large for branch and bound."""
SPARE = 0.5
"""Seconds beyond its time limit that a process has to answer."""
REPORTING = 0.3
"""Seconds between two reports of progress."""
ROUNDING = 1e-6
"""Rounding error of a bound that is a whole number."""


def solve_mip(
    problem: Problem,
    *,
    seed: int,
    time_limit: float,
    start: Solution | None = None,
    bound: float = inf,
    progress: Callable[[float, float], None] | None = None,
) -> Result:
    """Return the best allocation found, its proven bound, and the relaxation's prices.

    HiGHS solves the relaxation and branches, in a process of its own; CP-SAT searches
    meanwhile. Prices are dual prices of the linear relaxation: exact there, a guide for
    whole leads. Where the proof ends in time, the result depends on the seed alone,
    unless the search meets the bound first; a solve cut short may differ.

    Parameters
    ----------
    seed
        Breaks ties.
    time_limit
        Seconds.
    start
        An allocation to begin with; it may break rules.
    bound
        No allocation is known to have a larger objective.
    progress
        Called with the value of the best allocation so far, and its bound, a few times
        a second.
    """
    if problem.n_pairs == 0:
        return _without_pairs(problem)
    began = monotonic()
    shuffled = Shuffled(problem, seed)
    model = Model.of(shuffled.problem)
    starts = _starts(model, shuffled, start)
    try:
        relaxed = relaxation(model, began + RELAXING * time_limit)
    except InfeasibleError:
        if not any(point.obeys for point in starts):
            return Result.without_solution(problem, Status.INFEASIBLE, NAME)
        relaxed = proven_by(model, np.zeros(model.rows.shape[0]))
    first = max([rounded(model, relaxed), *starts], key=lambda point: point.rank)
    solve = _Solve(model, relaxed, first, bound, progress)
    solve.run(seed, began, time_limit)
    return solve.result(problem, shuffled)


def _without_pairs(problem: Problem) -> Result:
    nothing = Solution.unassigned(problem)
    if next(nothing.breaches(), None):
        return Result.without_solution(problem, Status.INFEASIBLE, NAME)
    prices = np.zeros(problem.n_reps), np.zeros(len(problem.limits))
    return Result(Status.OPTIMAL, nothing, nothing.objective, *prices, NAME)


def _starts(model: Model, shuffled: Shuffled, start: Solution | None) -> list[Point]:
    """Return the allocation of nothing, and the start where there is one."""
    nothing = np.full(model.problem.n_leads, -1)
    pairs = (
        [nothing] if start is None else [nothing, shuffled.shuffled_pair(start.pair)]
    )
    return [point_of(model, pair) for pair in pairs]


class _Solve:
    """A solve in progress: the best allocation so far, and the least bound."""

    def __init__(
        self,
        model: Model,
        relaxed: LinearRelaxation,
        best: Point,
        bound: float,
        progress: Callable[[float, float], None] | None,
    ) -> None:
        self._model, self._relaxed, self._best = model, relaxed, best
        self._progress = progress
        self._bound = inf
        self._tighten(min(bound, relaxed.bound))

    def run(self, seed: int, began: float, time_limit: float) -> None:
        """Search and prove until the bound is met or time is up."""
        end = began + time_limit
        rest = remaining(self._model, self._relaxed, self._best)
        if rest.kept.sum() <= FEW:
            seconds = min(AT_ONCE, end - monotonic())
            if self._is_over():
                return
            with silenced():
                outcome = branched(rest.task, seconds, presolve=False)
            if self._apply(rest, outcome):
                return
        search = Search(
            self._model,
            self._relaxed,
            self._best,
            seed=seed,
            threads=n_cores(),
        )
        with search.running():
            seconds = min(SEARCHING * time_limit, LONGEST_SEARCH)
            self._search(search, min(end, monotonic() + seconds))
            if not self._is_over():
                self._prove(search, end)

    def _prove(self, search: Search, end: float) -> None:
        """Branch and bound in a process, searching all the while."""
        rest = remaining(self._model, self._relaxed, self._best)
        seconds = PROVING * (end - monotonic())
        if rest.kept.sum() <= MANY and seconds > SPARE:
            search.threads = max(n_cores() - 1, 1)
            outcome = self._branch_and_search(search, rest.task, seconds)
            search.threads = n_cores()
            if outcome is not None and self._apply(rest, outcome):
                return
        self._search(search, end)

    def _branch_and_search(
        self, search: Search, task: Task, seconds: float
    ) -> Outcome | None:
        """Return the outcome of branch and bound, None if it is late or not needed."""
        late = monotonic() + seconds + SPARE
        with ProgramProcess("branched", task, seconds) as process:
            while not process.is_done and monotonic() < late and not self._is_over():
                self._search(search, min(late, monotonic() + REPORTING))
            return process.outcome(0.0)

    def _search(self, search: Search, end: float) -> None:
        while not self._is_over():
            search.improve(min(end, monotonic() + REPORTING))
            self._update(search.best)
            if self._progress and self._best.obeys:
                self._progress(self._best.objective, self._bound)
            if monotonic() >= end:
                return

    def _apply(self, rest: Remaining, outcome: Outcome) -> bool:
        """Take in an outcome of branch and bound; tell whether that settles it."""
        point = rest.point(outcome)
        if point is not None and point.rank >= self._best.rank:
            self._best = point
        self._tighten(rest.bound(outcome))
        return is_settled(outcome)

    def _update(self, point: Point) -> None:
        if point.rank > self._best.rank:
            self._best = point

    def _tighten(self, bound: float) -> None:
        if self._model.gains_are_whole and not isinf(bound):
            bound = float(np.floor(bound + ROUNDING))
        self._bound = min(self._bound, bound)

    def _is_over(self) -> bool:
        met = self._best.objective >= self._bound - 1e-12 * max(1.0, abs(self._bound))
        return self._bound == -inf or (self._best.obeys and met)

    def result(self, problem: Problem, shuffled: Shuffled) -> Result:
        """Return the result for the problem in its own order."""
        if self._bound == -inf:
            return Result.without_solution(problem, Status.INFEASIBLE, NAME)
        slots, limits = self._prices(problem)
        prices = shuffled.original_price(slots), limits
        solution = Solution(problem, shuffled.original_pair(self._best.pair))
        if next(solution.breaches(), None):
            solution = Solution.unassigned(problem)
        if next(solution.breaches(), None):
            return Result(Status.NO_SOLUTION, solution, self._bound, *prices, NAME)
        bound = max(self._bound, solution.objective)
        status = Status.proven(solution, bound)
        return Result(status, solution, bound, *prices, NAME)

    def _prices(
        self, problem: Problem
    ) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        ends = np.cumsum([problem.n_leads, problem.n_reps, len(problem.limits)])
        _, slots, limits, _ = np.split(self._relaxed.price, ends)
        return slots, limits
