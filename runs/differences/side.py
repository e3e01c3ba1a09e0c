"""One of two run folders that are compared: its day, scores and owners."""

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from runs.folder.day import ASSIGNMENTS, assigned_solution, decided_day, refuse_changed
from runs.folder.reading import RunFolder, read_folder
from runs.folder.scores import read_scores
from runs.job.tie_widths import known_width
from scoring import PairScores
from solver import Day, Rule

COMPARED = {ASSIGNMENTS, "unassigned.csv", "kept.csv", "optimum.csv", "scenario.yaml"}
"""Files of a run folder that are compared, besides its inputs."""


@dataclass(frozen=True, eq=False)
class Side:
    """A run folder that was not changed, as one side of a comparison.

    Attributes
    ----------
    run
        The folder.
    scores
        Log odds of every pair.
    value
        What each lead counts once won, (n_leads,).
    """

    run: RunFolder
    scores: PairScores
    value: NDArray[np.float64]

    @classmethod
    def of(cls, folder: Path) -> "Side":
        """Return the side that a folder is.

        Raises
        ------
        DataError, ScenarioError
            Where the folder is none, or was changed after the run.
        """
        run = read_folder(folder)
        refuse_changed(run, COMPARED, "it cannot be compared")
        return cls(run, *read_scores(run))

    @property
    def lead_ids(self) -> pd.Index:
        """The day's leads, in order."""
        return pd.Index(self.run.crm.leads["lead_id"])

    @property
    def rep_ids(self) -> pd.Index:
        """The reps, in order."""
        return pd.Index(self.run.crm.reps["rep_id"])

    @property
    def rules(self) -> list[Rule]:
        """The rules that held."""
        return list(self.run.file.scenario.rules)

    @property
    def tie_width(self) -> float:
        """Log odds within which reps count as equal, 0 for none."""
        return known_width(self.run.file.scenario.objective)

    @property
    def seed(self) -> int:
        """What broke ties on the day."""
        return self._day.seed(self.run.file.scenario.solve.seed)

    @cached_property
    def assignments(self) -> pd.DataFrame:
        """One row per assigned lead: lead_id, rep_id, p_convert and value as text."""
        columns = ["lead_id", "rep_id", "p_convert", "value"]
        return self.run.table(ASSIGNMENTS, *columns).frame[columns]

    @cached_property
    def owner(self) -> dict[str, str]:
        """Lead id -> rep id, as assigned."""
        rows = self.assignments
        return dict(zip(rows["lead_id"], rows["rep_id"], strict=True))

    @cached_property
    def optimal_owner(self) -> dict[str, str]:
        """Lead id -> rep id by the optimum, which an experiment draws around."""
        experiment = self.run.manifest.experiment
        if not experiment.is_drawn:
            return self.owner
        return assigned_solution(self.run, self._day, experiment.optimum_file).owner

    @cached_property
    def reason(self) -> dict[str, str]:
        """Lead id -> code of why it is unassigned."""
        rows = self.run.rows("unassigned.csv", "lead_id", "reason")
        return {row["lead_id"]: row["reason"] for row in rows}

    @cached_property
    def kept(self) -> dict[str, str]:
        """Lead id -> the owner it stays with, of leads that took no slot."""
        rows = self.run.rows("kept.csv", "lead_id", "rep_id")
        return {row["lead_id"]: row["rep_id"] for row in rows}

    @cached_property
    def names(self) -> dict[str, str]:
        """Rep id -> name."""
        return self.run.names

    @cached_property
    def _day(self) -> Day:
        return decided_day(self.run)
