"""The figures of a ledger's days, as data: what is counted stands in docs/kpi.md."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import pandas as pd

if TYPE_CHECKING:
    from evaluation.experiment import ArmLift


@dataclass(frozen=True, eq=False)
class KpiFigures:
    """Figures of the days of a window; times in hours, ages in days.

    Attributes
    ----------
    scenario
        Its name.
    first, last
        Days of the company, both inside.
    every
        Length of a period: day, week or month.
    zone
        Time zone of the days.
    unit
        What the objective counts: conversions or revenue.
    by
        How leads are sliced.
    n_runs, n_leads
        Runs that count, and leads that they met.
    days_known
        First and last day of any run; `None` where there is none.
    total
        One row: the figures of all leads.
    slices
        One row per slice; without `by`, as `total`.
    periods, cohorts, horizons, ages, clocks, shares, actors, directions
        Tables; empty where there is nothing to count.
    waiting
        Median, nine tenths' and greatest age of waiting leads.
    evenness
        Gini coefficients and least over most, of the days in `shares_days`.
    shares_days
        First and last day that `shares` is of.
    lift
        Of the experiment; `None` where it is not known.
    lift_doubt
        Why it is not; empty where there is no experiment.
    odd
        What could not be counted -> how many leads.
    names
        rep -> name.
    reps_fault
        Why teams and names are not known; empty if they are.
    """

    scenario: str
    first: date
    last: date
    every: str
    zone: str
    unit: str
    by: tuple[str, ...]
    n_runs: int
    n_leads: int
    days_known: tuple[date, date] | None
    total: pd.DataFrame
    slices: pd.DataFrame
    periods: pd.DataFrame
    cohorts: pd.DataFrame
    horizons: pd.DataFrame
    ages: pd.DataFrame
    waiting: Mapping[str, float]
    clocks: pd.DataFrame
    shares: pd.DataFrame
    shares_days: tuple[date, date]
    evenness: Mapping[str, float]
    actors: pd.DataFrame
    directions: pd.DataFrame
    lift: "ArmLift | None"
    lift_doubt: str
    odd: Mapping[str, int]
    names: Mapping[str, str]
    reps_fault: str

    @property
    def tables(self) -> dict[str, pd.DataFrame]:
        """The tables by name, in order."""
        named = {"total": self.total}
        if self.by:
            named["slices"] = self.slices
        return named | {
            "periods": self.periods,
            "ages": self.ages,
            "clocks": self.clocks,
            "cohorts": self.cohorts,
            "horizons": self.horizons,
            "shares": self.shares,
            "overrides": self.actors,
            "directions": self.directions,
        }
