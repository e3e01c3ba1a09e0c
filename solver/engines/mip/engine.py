"""The mixed-integer engine: any rules, by dual bounds, search and branch and bound."""

from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import replace
from math import inf, isinf
from time import monotonic

import numpy as np
from numpy.typing import NDArray

from solver.engines.mip.highs import SOLVED, Outcome, branched
from solver.engines.mip.model import Model, Point, point_of
from solver.engines.mip.order import Shuffled
from solver.engines.mip.proof import Remaining, remaining
from solver.engines.mip.race import Contender, highs_at_work, scip_at_work
from solver.engines.mip.relaxation import (
    InfeasibleError,
    LinearRelaxation,
    proven_by,
    relaxation,
)
from solver.engines.mip.search import Search
from solver.engines.mip.start import rounded, trimmed
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
LONGEST_SEARCH = 10.0
"""Seconds that the first search takes at most."""
PROVING, SHORTEST_PROOF = 0.2, 3.0
"""Share of the remaining time that a second proof may take, and seconds at least."""
ANSWERING = 0.03
"""Share of the time limit within which a process answers that has to end."""
BRANCHES, PARTS = 20, 8
"""Nodes of branch and bound, and parts of the search, for each unit of effort."""
PATIENCE = 0.1
"""Share of the time limit that search may take without improvement."""
FEW, AT_ONCE = 2_000, 0.5
"""Columns of a program that is first tried in this process, and its seconds."""
MEDIUM, MANY = 50_000, 300_000
"""Columns of programs too large for the second proof, and for branch and bound."""
SPARE = 0.5
"""Seconds that starting a process is worth."""
REPORTING = 0.1
"""Seconds between two reports of progress, and two looks at the processes."""
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
    effort: int | None = None,
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
    effort
        Work after which the solve ends, the same on any machine; `None` for as much as
        the time limit allows.
    """
    if problem.n_pairs == 0:
        return _without_pairs(problem)
    began = monotonic()
    shuffled = Shuffled(problem, seed)
    model = Model.of(shuffled.problem)
    starts = _starts(model, shuffled, start)
    try:
        relaxing = RELAXING if effort is None else 1.0
        relaxed = relaxation(model, began + relaxing * time_limit)
    except InfeasibleError:
        if not any(point.obeys for point in starts):
            return Result.without_solution(problem, Status.INFEASIBLE, NAME)
        relaxed = proven_by(model, np.zeros(model.rows.shape[0]))
    starts.append(rounded(model, relaxed))
    starts += [trimmed(model, point) for point in starts[1:]]
    solve = _Solve(model, relaxed, starts, bound, progress)
    if effort is None:
        solve.run(seed, began, time_limit)
        is_whole = False
    else:
        solve.spend(effort, seed, began + time_limit)
        is_whole = monotonic() < began + time_limit
    result = solve.result(problem, shuffled)
    return replace(result, is_reproducible=is_whole or result.is_optimal)


def _without_pairs(problem: Problem) -> Result:
    nothing = Solution.unassigned(problem)
    if next(nothing.breaches(), None):
        return Result.without_solution(problem, Status.INFEASIBLE, NAME)
    prices = np.zeros(problem.n_reps), np.zeros(len(problem.limits))
    return Result(Status.OPTIMAL, nothing, nothing.objective, *prices, NAME)


def _starts(model: Model, shuffled: Shuffled, start: Solution | None) -> list[Point]:
    """Return the allocation of nothing, then the start where there is one."""
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
        starts: list[Point],
        bound: float,
        progress: Callable[[float, float], None] | None,
    ) -> None:
        self._model, self._relaxed = model, relaxed
        self._best = max(starts, key=lambda point: point.rank)
        self._start = max(
            starts, key=lambda point: (np.any(point.pair >= 0), *point.rank)
        )
        self._progress = progress
        self._contenders: list[Contender] = []
        self._is_settled = False
        self._bound = inf
        self._tighten(min(bound, relaxed.bound))

    def run(self, seed: int, began: float, time_limit: float) -> None:
        """Search and prove until the bound is met or time is up."""
        end = began + time_limit
        rest = self._remaining()
        if self._is_over():
            return
        if rest.kept.sum() <= FEW:
            with silenced():
                self._try_at_once(rest, end)
            if self._is_over():
                return
        threads = n_cores()
        start = self._best if np.any(self._best.pair >= 0) else self._start
        search = Search(self._model, self._relaxed, start, seed=seed, threads=threads)
        with search.running(), ExitStack() as processes:
            self._race(search, processes, end)

    def spend(self, effort: int, seed: int, end: float) -> None:
        """Branch, search and branch again, each by so much work, until `end`."""
        self._branch(BRANCHES, FEW, end)
        start = self._best if np.any(self._best.pair >= 0) else self._start
        search = Search(self._model, self._relaxed, start, seed=seed, threads=1)
        for _ in range(PARTS * effort):
            if self._is_over() or monotonic() >= end:
                return
            search.improve_by_work()
            self._improve(search.best)
            self._report()
        self._branch(BRANCHES * effort, FEW * effort, end)

    def _branch(self, nodes: int, most_columns: int, end: float) -> None:
        """Branch and bound in a process, with so many nodes, of so many columns."""
        rest = self._remaining()
        if not self._is_over() and rest.kept.sum() <= min(most_columns, MANY):
            with highs_at_work(rest, end, nodes) as contender:
                outcome = contender.process.outcome(end)
            if outcome is not None:
                self._apply(rest, outcome)

    def _try_at_once(self, rest: Remaining, end: float) -> None:
        """Branch and bound in this process, for a moment, at every scale there is."""
        seconds = min(AT_ONCE, end - monotonic())
        self._apply(rest, branched(rest.task, seconds, presolve=False))
        if rest.is_uneven and not self._is_proven():
            natural = rest.as_it_is
            self._apply(natural, branched(natural.task, seconds, presolve=False))
            held = branched(rest.held(self._best), seconds, presolve=False)
            self._improve(rest.point(held))

    def _race(self, search: Search, processes: ExitStack, end: float) -> None:
        """Branch and bound in processes, searching on the cores that they leave."""
        began, seconds = monotonic(), end - monotonic()
        answering, patience = ANSWERING * seconds, PATIENCE * seconds
        rest = self._remaining()
        if rest.kept.sum() <= MANY and seconds > SPARE:
            highs = highs_at_work(rest, end - answering)
            self._contenders.append(processes.enter_context(highs))
        self._search(search, began + min(SEARCHING * seconds, LONGEST_SEARCH))
        proving = min(max(PROVING * seconds, SHORTEST_PROOF), seconds / 2)
        while not self._is_over() and monotonic() < end:
            rest, last = self._remaining(), min(monotonic() + proving, end - answering)
            if rest.kept.sum() <= MEDIUM and last - monotonic() > SPARE:
                other = rest.as_it_is if rest.has_cut_costs else rest
                scip = scip_at_work(other, self._best, last)
                self._contenders.append(processes.enter_context(scip))
                self._search(search, last + SPARE, least_threads=0)
            self._search(search, end, patience=patience)
        self._await(end + answering)

    def _remaining(self) -> Remaining:
        return remaining(self._model, self._relaxed, self._best)

    def _await(self, end: float) -> None:
        """Wait for the processes that still have to answer."""
        for contender in self._contenders if not self._is_over() else []:
            contender.process.outcome(end)
        self._hear()

    def _hear(self) -> None:
        """Take in the outcomes of the processes that have ended."""
        for contender in [each for each in self._contenders if each.is_done]:
            self._contenders.remove(contender)
            outcome = contender.process.outcome(0.0)
            assert outcome is not None
            self._apply(contender.remaining, outcome)

    def _search(
        self,
        search: Search,
        end: float,
        *,
        least_threads: int = 1,
        patience: float = inf,
    ) -> None:
        """Search until `end` on the cores that no process has, at least so many.

        Not longer than `patience` seconds without improvement.
        """
        known, since = self._best.rank, monotonic()
        while not self._is_over() and monotonic() < min(end, since + patience):
            search.threads = max(n_cores() - len(self._contenders), least_threads)
            if np.any(self._best.pair >= 0):
                search.best = max(search.best, self._best, key=lambda point: point.rank)
            search.improve(min(end, monotonic() + REPORTING))
            self._improve(search.best)
            self._hear()
            self._report()
            if self._best.rank > known:
                known, since = self._best.rank, monotonic()

    def _report(self) -> None:
        if self._progress and self._best.obeys:
            self._progress(self._best.objective, self._bound)

    def _apply(self, rest: Remaining, outcome: Outcome) -> None:
        """Take in an outcome of branch and bound."""
        point = rest.point(outcome)
        self._improve(point)
        self._tighten(rest.bound(outcome))
        self._is_settled |= outcome.status == SOLVED and point is not None

    def _improve(self, point: Point | None) -> None:
        if point is not None and point.rank >= self._best.rank:
            self._best = point

    def _tighten(self, bound: float) -> None:
        if self._model.gains_are_whole and not isinf(bound):
            bound = float(np.floor(bound + ROUNDING))
        self._bound = min(self._bound, bound)

    def _is_over(self) -> bool:
        return self._is_settled or self._bound == -inf or self._is_proven()

    def _is_proven(self) -> bool:
        met = self._best.objective >= self._bound - 1e-12 * max(1.0, abs(self._bound))
        return self._best.obeys and met

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
