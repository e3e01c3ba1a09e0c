"""How fairly a day's leads are assigned to reps, teams and seniorities."""

from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd

from evaluation.fairness.entitlement import entitlement_of, neutral_value
from evaluation.fairness.inequality import envious_pairs, gini, min_max_ratio
from evaluation.fairness.panel import HOURS, PER_HOUR, TIMES_FAIR, Panel
from solver import Day, Solution


@dataclass(frozen=True, eq=False)
class Fairness:
    """How evenly leads are assigned, relative to available hours.

    Attributes
    ----------
    unit
        What ``hours`` counts: ``hour``, or ``slot`` where the tables have no hours.
    by_rep
        One row per rep: ``rep_id``, ``name``, ``team``, ``seniority``, the columns of
        :meth:`evaluation.fairness.panel.Panel.table`, and ``envies``, how many
        colleagues' leads the rep would rather have.
    by_team, by_seniority
        One row per group: its name, ``reps`` with hours, and the same columns; empty
        where the tables know no groups.
    """

    unit: Literal["hour", "slot"]
    by_rep: pd.DataFrame
    by_team: pd.DataFrame
    by_seniority: pd.DataFrame

    @property
    def gini(self) -> float:
        """Gini coefficient of the value per hour, over reps with hours."""
        return gini(self._entitled(PER_HOUR))

    @property
    def min_max(self) -> float:
        """Least value per hour as a share of the largest, over reps with hours."""
        return min_max_ratio(self._entitled(PER_HOUR))

    @property
    def gini_of_fair(self) -> float:
        """Gini coefficient of ``times fair share``.

        The same as :attr:`gini` where everyone may serve every lead; else without
        the inequality that eligibility alone makes.
        """
        return gini(self._entitled(TIMES_FAIR))

    @property
    def n_envious(self) -> int:
        """Number of pairs of reps of whom one envies the other."""
        return int(self.by_rep["envies"].sum())

    @property
    def n_outside(self) -> int:
        """Number of reps with more or fewer top leads than their band."""
        top = self.by_rep["top leads"]
        inside = top.between(self.by_rep["top leads from"], self.by_rep["top leads to"])
        return int((~inside).sum())

    def _entitled(self, column: str) -> np.ndarray:
        rows = self.by_rep[self.by_rep[HOURS] > 0]
        return rows[column].dropna().to_numpy(np.float64)


def fairness_of(day: Day, solution: Solution) -> Fairness:
    """Return how fairly an allocation assigns the leads of a day.

    Leads count by the model expectation with the average of the reps who may serve
    them, so that neither a rep's skill nor the lack of it matters.
    """
    entitlement, value = entitlement_of(day), neutral_value(day)
    panel = Panel(solution, entitlement, value)
    reps = day.crm.reps[["rep_id", "name", "team", "seniority"]]
    pairs = envious_pairs(solution, value, entitlement.hours)
    by_rep = reps.reset_index(drop=True).join(
        panel.table(np.arange(len(reps)), len(reps))
    )
    return Fairness(
        entitlement.unit,
        by_rep.assign(envies=np.bincount(pairs[:, 0], minlength=len(reps))),
        _by_group(panel, reps["team"].where(reps["team"] != "")),
        _by_group(panel, reps["seniority"]),
    )


def _by_group(panel: Panel, label: pd.Series) -> pd.DataFrame:
    group, names = pd.factorize(label, sort=True)
    counted = group[(group >= 0) & (panel.entitlement.hours > 0)]
    head = {
        str(label.name): names,
        "reps": np.bincount(counted, minlength=len(names)),
    }
    return pd.DataFrame(head).join(panel.table(group, len(names)))
