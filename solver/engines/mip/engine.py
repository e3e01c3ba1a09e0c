"""The mixed-integer engine: any rules, bounded by prices, searched, and proven."""

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
from solver.engines.mip.relaxation import InfeasibleError, LinearRelaxation, relaxation
from solver.engines.mip.search import Search
from solver.engines.mip.start import rounded
from solver.engines.processes.process import n_cores
from solver.problem.problem import Problem
from solver.problem.result import Result, Status
from solver.problem.solution import Solution

NAME = "mip"

RELAXING = 0.4
"""Share of the time limit that the relaxation may take."""
SEARCHING = 0.05
"""Share of the time limit for a first search, so that the proof has less to do."""
PROVING = 0.8
"""Share of what is left that a proof may take; then all cores search."""
LONGEST_SEARCH = 10.0
"""Seconds that the first search takes at most."""
FEW, AT_ONCE = 2_000, 0.5
"""Columns of a program that is tried here first, and for how many seconds."""
MANY = 300_000
"""Columns of a program that branch and bound would not get through."""
SPARE = 0.5
"""Seconds that a process has beyond its time to say what it found."""
TELLING = 0.3
"""Seconds between two words on progress."""
ROUNDING = 1e-6
"""Error of a bound that is to be a whole number."""


def solve_mip(
    problem: Problem,
    *,
    seed: int,
    time_limit: float,
    start: Solution | None = None,
    progress: Callable[[float, float], None] | None = None,
) -> Result:
    """Return the best allocation found, its proven bound, and the relaxation's prices.

    HiGHS finds the relaxation and proves, in a process of its own; CP-SAT searches
    meanwhile. Prices are those of the linear relaxation: exact duals there, and a guide
    for whole leads. Where a proof ends in time, the answer is the same for a seed,
    unless the search met the bound first; what time cut short may differ.

    Parameters
    ----------
    seed
        Breaks ties.
    time_limit
        Seconds.
    start
        An allocation to begin with; it may break rules.
    progress
        Told the value of the best allocation so far, and its bound, a few times a
        second.
    """
    if problem.n_pairs == 0:
        return _nothing_to_choose(problem)
    began = monotonic()
    shuffled = Shuffled(problem, seed)
    model = Model.of(shuffled.problem)
    try:
        relaxed = relaxation(model, began + RELAXING * time_limit)
    except InfeasibleError:
        return Result.without_solution(problem, Status.INFEASIBLE, NAME)
    solve = _Solve(model, relaxed, _first(model, relaxed, shuffled, start), progress)
    solve.run(seed, began, time_limit)
    return solve.result(problem, shuffled)


def _nothing_to_choose(problem: Problem) -> Result:
    nothing = Solution.unassigned(problem)
    if next(nothing.breaches(), None):
        return Result.without_solution(problem, Status.INFEASIBLE, NAME)
    prices = np.zeros(problem.n_reps), np.zeros(len(problem.limits))
    return Result(Status.OPTIMAL, nothing, nothing.objective, *prices, NAME)


def _first(
    model: Model, relaxed: LinearRelaxation, shuffled: Shuffled, start: Solution | None
) -> Point:
    """Return the better of the rounded relaxation and the start."""
    first = rounded(model, relaxed)
    if start is None:
        return first
    started = point_of(model, shuffled.pair_there(start.pair))
    return max(first, started, key=lambda point: point.rank)


class _Solve:
    """The best allocation so far, and the least bound."""

    def __init__(
        self,
        model: Model,
        relaxed: LinearRelaxation,
        best: Point,
        progress: Callable[[float, float], None] | None,
    ) -> None:
        self._model, self._relaxed, self._best = model, relaxed, best
        self._progress = progress
        self._bound = inf
        self._lower_bound(relaxed.bound)

    def run(self, seed: int, began: float, time_limit: float) -> None:
        """Search and prove until the bound is met or time is up."""
        end = began + time_limit
        rest = remaining(self._model, self._relaxed, self._best)
        if rest.kept.sum() <= FEW:
            seconds = min(AT_ONCE, end - monotonic())
            if self._is_over():
                return
            if self._learn(rest, branched(rest.task, seconds, presolve=False)):
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
        """Search on while a process branches."""
        rest = remaining(self._model, self._relaxed, self._best)
        seconds = PROVING * (end - monotonic())
        if rest.kept.sum() <= MANY and seconds > SPARE:
            search.threads = max(n_cores() - 1, 1)
            outcome = self._outcome_meanwhile(search, rest.task, seconds)
            search.threads = n_cores()
            if outcome is not None and self._learn(rest, outcome):
                return
        self._search(search, end)

    def _outcome_meanwhile(
        self, search: Search, task: Task, seconds: float
    ) -> Outcome | None:
        """Return what a process finds, or None if that is too late or of no use."""
        late = monotonic() + seconds + SPARE
        with ProgramProcess("branched", task, seconds) as process:
            while not process.is_done and monotonic() < late and not self._is_over():
                self._search(search, min(late, monotonic() + TELLING))
            return process.outcome(0.0)

    def _search(self, search: Search, end: float) -> None:
        while not self._is_over():
            search.improve(min(end, monotonic() + TELLING))
            self._keep(search.best)
            if self._progress and self._best.obeys:
                self._progress(self._best.objective, self._bound)
            if monotonic() >= end:
                return

    def _learn(self, rest: Remaining, outcome: Outcome) -> bool:
        """Take what branch and bound found; tell whether nothing is left to do."""
        point = rest.point(outcome)
        if point is not None and point.rank >= self._best.rank:
            self._best = point
        self._lower_bound(rest.bound(outcome))
        return is_settled(outcome)

    def _keep(self, point: Point) -> None:
        if point.rank > self._best.rank:
            self._best = point

    def _lower_bound(self, bound: float) -> None:
        if self._model.gains_are_whole and not isinf(bound):
            bound = float(np.floor(bound + ROUNDING))
        self._bound = min(self._bound, bound)

    def _is_over(self) -> bool:
        met = self._best.objective >= self._bound - 1e-12 * max(1.0, abs(self._bound))
        return self._bound == -inf or (self._best.obeys and met)

    def result(self, problem: Problem, shuffled: Shuffled) -> Result:
        """Return what is known now about the problem in its own order."""
        if self._bound == -inf:
            return Result.without_solution(problem, Status.INFEASIBLE, NAME)
        solution = Solution(problem, shuffled.pair_back(self._best.pair))
        slots, limits = self._prices(problem)
        prices = shuffled.price_back(slots), limits
        if not self._best.obeys or next(solution.breaches(), None):
            nothing = Solution.unassigned(problem)
            return Result(Status.NO_SOLUTION, nothing, self._bound, *prices, NAME)
        bound = max(self._bound, solution.objective)
        status = Status.proven(solution.objective, bound)
        return Result(status, solution, bound, *prices, NAME)

    def _prices(
        self, problem: Problem
    ) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        ends = np.cumsum([problem.n_leads, problem.n_reps, len(problem.limits)])
        _, slots, limits, _ = np.split(self._relaxed.price, ends)
        return slots, limits
