"""What past days would have been under changed rules, in figures and tables."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

import pandas as pd

from evaluation import Interval
from evaluation.backtest import Backtest

BASE = "as it is"
"""What the scenario without changes is called."""


@dataclass(frozen=True)
class ModelOrigin:
    """What the model of a replay knew.

    Attributes
    ----------
    as_of
        The moment up to which it was fitted.
    n_rows
        Rows of history that it was fitted on.
    is_of_file
        Whether it was given, not trained for the replay.
    n_days_known
        Days of the replay of which it may know outcomes.
    """

    as_of: pd.Timestamp
    n_rows: int
    is_of_file: bool
    n_days_known: int


@dataclass(frozen=True, eq=False)
class ReplayedVariant:
    """What one variant would have done with the past days.

    Attributes
    ----------
    name
        The variant; `BASE` where nothing is changed.
    sentences
        What its changes do.
    unit
        What its objective counts.
    days
        One row per day: day, leads, assigned, unassigned, conversions and value (model
        expectations, the latter in the unit of the objective), objective and status.
    reasons
        Code of each reason why leads are unassigned -> how many, over all days.
    loads
        One row per rep: rep_id, leads, most (on one day), days (at work), value
        (rep-neutral) and hours.
    gini, min_max
        Of the rep-neutral value per hour over all days: 0 and 1 where all are equal.
    differences
        Column of `days` -> its difference to the base over all days, with the paired
        95 % interval over days; none for the base itself.
    moves
        One row per lead that the variant decides otherwise: day, lead_id, before and
        after (rep, ``""`` for none).
    is_retrained
        Whether it has a model of its own.
    ignored
        What it changes that a replay does not look at: scoring, with the model of a
        file, and history.
    """

    name: str
    sentences: tuple[str, ...]
    unit: str
    days: pd.DataFrame
    reasons: Mapping[str, int]
    loads: pd.DataFrame
    gini: float
    min_max: float
    differences: Mapping[str, Interval]
    moves: pd.DataFrame
    is_retrained: bool = False
    ignored: tuple[str, ...] = ()

    @property
    def n_unproven(self) -> int:
        """Days whose allocation was not proven optimal in time."""
        return int((~self.days["status"].isin(["optimal", "infeasible"])).sum())

    @property
    def n_infeasible(self) -> int:
        """Days on which its rules contradict each other."""
        return int((self.days["status"] == "infeasible").sum())


@dataclass(frozen=True, eq=False)
class ReplayFigures:
    """Past days under the scenario's rules and under changed ones.

    Attributes
    ----------
    scenario
        Its name.
    source
        Where the days come from.
    first, last
        The first and the last of them.
    n_days, n_leads
        How many days, and leads on them.
    n_left
        Leads of the ledger that were unassigned on their day; history has none.
    model
        What the model knew.
    variants
        The base, then the others.
    names
        Rep id -> name.
    has_experiment
        Whether the scenario has an experiment, which is not drawn.
    n_processes
        Processes that solved.
    evidence
        What logged outcomes measure of the variants; None where that was not asked.
    """

    scenario: str
    source: Literal["ledger", "history"]
    first: date
    last: date
    n_days: int
    n_leads: int
    n_left: int
    model: ModelOrigin
    variants: tuple[ReplayedVariant, ...]
    names: Mapping[str, str]
    has_experiment: bool = False
    n_processes: int = 1
    evidence: Backtest | None = None
