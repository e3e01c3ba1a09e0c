"""The fairness of a day's allocation: of a scenario, or of a run folder."""

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pandas as pd

from evaluation.fairness import Fairness, fairness_of, price_of_fairness
from runs.folder.day import assigned_solution, unchanged_day
from runs.folder.reading import read_folder
from runs.job.daily_job import allocate
from runs.job.stages import Stage, silent
from scenarios.schema import Scenario
from solver import Day, Solution, Status

SECONDS_PER_ROW = 5.0
"""Longest search for each row of the frontier."""


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
    """

    scenario: Scenario
    day: Day
    solution: Solution
    status: Status

    @cached_property
    def fairness(self) -> Fairness:
        """How evenly leads are assigned, relative to available hours."""
        return fairness_of(self.day, self.solution)

    @cached_property
    def frontier(self) -> pd.DataFrame:
        """The price of fairness, as :func:`price_of_fairness` has it."""
        spec = self.scenario.solve
        seconds = min(SECONDS_PER_ROW, spec.time_limit)
        return price_of_fairness(self.day, seed=spec.seed, time_limit=seconds)


def distribution_of(
    path: Path,
    data: Path | None = None,
    model: Path | None = None,
    stage: Stage = silent,
) -> Distribution:
    """Return what a run folder assigned, or what the run of a scenario would.

    Parameters
    ----------
    path
        A run folder, or a scenario file.
    data, model
        As for :func:`runs.allocate`; of a scenario only.
    stage
        Called at every stage.

    Raises
    ------
    DataError, ScenarioError, ModelFileError
        With everything found wrong in the input.
    """
    if not path.is_dir():
        run = allocate(path, data, model, stage)
        day, result = run.scored.day, run.result
        return Distribution(run.file.scenario, day, result.solution, result.status)
    stage("reading")
    folder = read_folder(path)
    day = unchanged_day(folder)
    scenario, status = folder.file.scenario, folder.manifest.status
    return Distribution(scenario, day, assigned_solution(folder, day), status)
