"""The experiment of a scenario: a day drawn by lot, beside its optimum."""

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from scenarios.errors import ScenarioError
from scenarios.validation import ScenarioFile
from solver import Day, Result, Status
from solver.randomised import Draw, Lottery, LotteryError, lottery_of


@dataclass(frozen=True, eq=False)
class Drawn:
    """What the lot gave out, and what it was drawn from.

    Attributes
    ----------
    lottery
        All probabilities.
    draw
        The allocation given out, and each lead's arm.
    optimum
        How the day was solved: what had been given out without the experiment.
    """

    lottery: Lottery
    draw: Draw
    optimum: Result

    @cached_property
    def result(self) -> Result:
        """What was given out, under the optimum's bound and prices."""
        solution, bound = self.draw.solution, self.optimum.bound
        status = Status.proven(solution.objective, bound)
        return replace(self.optimum, solution=solution, status=status)

    @property
    def is_capped(self) -> bool:
        """Whether the optimal arm is drawn as well."""
        return self.lottery.optimal.whole > 1

    @property
    def n_eligible(self) -> int:
        """Leads for which any rep is eligible."""
        return int(self._has_pairs.sum())

    @property
    def n_control(self) -> int:
        """Those of them that were drawn for the control arm."""
        return int((self.draw.is_control & self._has_pairs).sum())

    @cached_property
    def part_kept(self) -> float:
        """Expected objective over all draws, as a part of the optimum's.

        NaN where the optimum is worth nothing.
        """
        best = self.optimum.objective
        return self.lottery.expected_objective / best if best > 0 else np.nan

    @property
    def _has_pairs(self) -> np.ndarray:
        return np.diff(self.lottery.problem.indptr) > 0


def drawn(file: ScenarioFile, day: Day, optimum: Result) -> Drawn | None:
    """Return what the lot gives out, None where the scenario has no experiment.

    The lot hangs on the scenario's seed and on the moment of the allocation, so that
    no two days draw alike and each can be drawn again.

    Raises
    ------
    ScenarioError
        Where the rules do not allow the experiment.
    """
    asked, seed = file.scenario.experiment, file.scenario.solve.seed
    if asked is None or not optimum.status.has_solution:
        return None
    rng = np.random.default_rng([seed, int(f"{day.crm.as_of:%Y%m%d%H%M%S%f}")])
    time_limit = file.scenario.solve.time_limit
    try:
        lottery = lottery_of(
            day.problem,
            optimum.solution,
            rng,
            **asked.model_dump(),
            time_limit=time_limit,
        )
    except LotteryError as error:
        at = ("experiment", "max_pair_probability")
        raise ScenarioError([file.issue(at, str(error))]) from error
    return Drawn(lottery, lottery.draw(rng), optimum)
