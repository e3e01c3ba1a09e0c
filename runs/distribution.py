"""The fairness of a day's allocation: of a scenario, or of a run folder."""

import os
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from pathlib import Path

import pandas as pd

from crm import Issue
from evaluation.fairness import Fairness, fairness_of, price_of_fairness
from runs.folder.day import assigned_solution, unchanged_day
from runs.folder.reading import read_folder
from runs.job.daily_job import allocate
from runs.prepared.stages import Stage, silent
from scenarios.schema import Scenario
from solver import Day, Solution, Status

LONGEST = 30.0
"""Seconds that the frontier takes at most."""
HALF = 0.5
"""Part of the time limit for the run of a scenario, where a frontier follows."""


@dataclass(frozen=True, eq=False)
class Distribution:
    """A day and its allocation.

    Attributes
    ----------
    scenario
        The scenario.
    day, solution
        The problem, and what was assigned.
    status
        How the solve ended.
    seconds
        Time that is left for the frontier.
    warnings
        What is odd of the scenario and its tables.
    """

    scenario: Scenario
    day: Day
    solution: Solution
    status: Status
    seconds: float
    warnings: tuple[Issue, ...] = ()

    @cached_property
    def fairness(self) -> Fairness:
        """How evenly leads are assigned, relative to available hours."""
        return fairness_of(self.day, self.solution)

    @cached_property
    def frontier(self) -> pd.DataFrame:
        """The price of fairness, as :func:`price_of_fairness` has it."""
        seed, seconds = (
            self.day.seed(self.scenario.solve.seed),
            min(LONGEST, self.seconds),
        )
        return price_of_fairness(self.day, seed=seed, time_limit=seconds)


def distribution_of(
    path: Path,
    data: Path | None = None,
    model: Path | None = None,
    stage: Stage = silent,
    *,
    with_frontier: bool = False,
    as_of: datetime | date | None = None,
) -> Distribution:
    """Return what a run folder assigned, or what the run of a scenario would.

    Parameters
    ----------
    path
        A run folder, or a scenario file.
    data, model, as_of
        As for :func:`runs.allocate`; of a scenario only.
    stage
        Called at every stage.
    with_frontier
        Whether a frontier is wanted, for which the run of a scenario leaves time.

    Raises
    ------
    DataError, ScenarioError, ModelFileError
        With everything found wrong in the input.
    """
    if not os.path.isdir(path):
        part = HALF if with_frontier else 1.0
        run = allocate(path, data, model, stage, part=part, as_of=as_of)
        day, result, left = run.scored.day, run.result, run.seconds_left
        scenario = run.file.scenario
        return Distribution(
            scenario, day, result.solution, result.status, left, tuple(run.warnings)
        )
    stage("reading")
    folder = read_folder(path)
    day = unchanged_day(folder)
    scenario, status = folder.file.scenario, folder.manifest.status
    solution, limit = assigned_solution(folder, day), scenario.solve.time_limit
    return Distribution(scenario, day, solution, status, limit)
