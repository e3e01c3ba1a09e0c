"""A run folder beside what follows from its inputs."""

import math
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from crm import DataError
from runs.experiment.recorded import Rows
from runs.folder.day import ASSIGNMENTS, assigned_solution
from runs.folder.reading import RunFolder
from runs.folder.scores import read_prices, read_scores
from runs.job.tie_widths import known_width
from scenarios.reach import Reach
from scoring import PairScores
from solver import Day, Result, Solution, Status, build_day
from solver.building import ScoredPairs

CLOSE = 1e-9
"""Relative difference of two numbers that another processor may make."""


@dataclass(frozen=True, eq=False)
class Audit:
    """A run folder, and the day that its inputs make.

    Attributes
    ----------
    run
        The folder.
    scores, value
        Log odds of every pair; what each lead counts once won, (n_leads,).
    day
        The problem.
    price, limit_price
        The dual prices of the folder.
    """

    run: RunFolder
    scores: PairScores
    value: NDArray[np.float64]
    day: Day
    price: NDArray[np.float64]
    limit_price: NDArray[np.float64]

    @classmethod
    def of(cls, run: RunFolder) -> "Audit":
        """Return the audit of a folder.

        Raises
        ------
        DataError
            Where a table that it needs cannot be read.
        """
        scores, value = read_scores(run)
        scenario = run.file.scenario
        values = ScoredPairs(scores, value, known_width(scenario.objective))
        day = build_day(run.crm, scenario.rules, values)
        return cls(run, scores, value, day, *read_prices(run, day.problem))

    @cached_property
    def reach(self) -> pd.DataFrame:
        """What each rule reached, as it follows."""
        return Reach(self.run.file, self.day).table

    @cached_property
    def assigned(self) -> Rows:
        """The rows of assignments.csv."""
        return self.run.rows(ASSIGNMENTS, "lead_id", "rep_id")

    @cached_property
    def solution(self) -> Solution | None:
        """What was assigned; None where a row is no eligible pair."""
        return self._solution(ASSIGNMENTS)

    @cached_property
    def optimum(self) -> Solution | None:
        """What the solve assigned: the same without an experiment."""
        return self._solution(self.run.manifest.experiment.optimum_file)

    def _solution(self, file: str) -> Solution | None:
        try:
            return assigned_solution(self.run, self.day, file)
        except DataError:
            return None

    def result_with(self, solution: Solution, status: Status) -> Result:
        """Return the manifest's bound and prices with a solution of the tables."""
        manifest = self.run.manifest
        bound = math.nan if manifest.bound is None else manifest.bound
        prices = self.price, self.limit_price
        return Result(
            status,
            solution,
            bound,
            *prices,
            manifest.engine,
            is_reproducible=manifest.reproducible,
        )


def is_close(number: float, expected: float) -> bool:
    """Whether two numbers are the same but for rounding."""
    return math.isclose(number, expected, rel_tol=CLOSE, abs_tol=CLOSE)
