"""What a typical day would leave unassigned under the rules, before any scoring."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from crm import CrmData, Issue
from scenarios.reach import unscored_day
from scenarios.validation import ScenarioFile
from solver import Day, Rule

DAYS = 10
"""Newest days of history that are typical."""
MOST_LEADS = 5_000
"""Leads of those days that are looked at; fewer days if there are more."""
NOTABLE = 0.1
"""Share of a day's leads whose loss is worth a warning."""
FULL, NOBODY = "as reps are full", "as no rep meets the hard rules"


@dataclass(frozen=True)
class Typical:
    """What typical days would leave unassigned.

    Attributes
    ----------
    days
        The days, in words.
    n_days, n_leads
        How many there are, and their leads.
    unassigned
        Reason in words -> leads of all those days.
    """

    days: str
    n_days: int
    n_leads: int
    unassigned: Counter[str]

    @property
    def n_unassigned(self) -> int:
        """Leads of those days that stay unassigned."""
        return self.unassigned.total()

    def __str__(self) -> str:
        """The mean day in words, and how it was reckoned."""
        each = [
            f"{n_leads / self.n_days:.3g} {reason}"
            for reason, n_leads in self.unassigned.most_common()
        ]
        share = self.n_unassigned / self.n_leads
        return (
            f"would leave {self.n_unassigned / self.n_days:.3g} of "
            f"{self.n_leads / self.n_days:.3g} leads unassigned ({share:.0%})"
            f"{': ' * bool(each)}{', '.join(each)}; reckoned of {self.days} with "
            "today's reps, all at work with an empty book, each lead counting the same "
            "and assigned to whoever has most room"
        )


def typical_day(file: ScenarioFile, typical: Typical | None) -> Iterator[Issue]:
    """Yield a warning where a typical day would leave many leads unassigned."""
    if typical is None or typical.n_unassigned < NOTABLE * typical.n_leads:
        return
    mends = "add capacity, widen a rule, or keep leads by a rule of kind qualify"
    text = f"a typical day {typical}; {mends}"
    yield file.issue(("rules",), text, severity="warning")


def typical_days(crm: CrmData, rules: Sequence[Rule]) -> Typical | None:
    """Return what the newest days of history would leave unassigned, or today.

    Parameters
    ----------
    rules
        The rules that are known without scores.
    """
    past = _past(crm)
    leads, dates = (crm.leads, None) if past is None else past
    if dates is None:
        if len(leads) > MOST_LEADS:
            return None
        dates = pd.Series([crm.today] * len(leads))
    if leads.empty:
        return None
    day = unscored_day(_with_all_reps(crm, leads), rules)
    unassigned: Counter[str] = Counter()
    for _, places in dates.groupby(dates, sort=True).indices.items():
        unassigned += _unassigned(day, np.asarray(places))
    n_days = dates.nunique()
    told = f"today, {crm.today}"
    if past is not None:
        told = f"the mean of {n_days} days of history until {dates.max()}"
    return Typical(told, n_days, len(leads), unassigned)


def _past(crm: CrmData) -> tuple[pd.DataFrame, pd.Series] | None:
    """Return the leads of the newest days of history, and the date of each."""
    history = crm.history
    if history.empty:
        return None
    dates = history["created_at"].dt.tz_convert(crm.calendar.zone).dt.date
    counts = dates[
        history["created_at"] < crm.calendar.start_of(crm.today)
    ].value_counts()
    newest = counts.sort_index(ascending=False).head(DAYS)
    newest = newest[newest.cumsum() <= MOST_LEADS]
    if newest.empty:
        return None
    chosen = dates.isin(newest.index)
    rows = history[chosen].drop_duplicates("lead_id")
    return _as_leads(rows, crm.leads), dates[rows.index].reset_index(drop=True)


def _as_leads(rows: pd.DataFrame, leads: pd.DataFrame) -> pd.DataFrame:
    """Return rows of history with the columns of the leads; what is not there empty."""
    frame = {}
    for name in leads:
        if name in rows and rows[name].dtype == leads[name].dtype:
            frame[name] = rows[name].reset_index(drop=True)
        else:
            frame[name] = _empty(leads[name], len(rows))
    frame["current_rep_id"] = pd.Series([""] * len(rows), dtype=object)
    return pd.DataFrame(frame)


def _empty(column: pd.Series, n_rows: int) -> pd.Series:
    """Return empty cells of the kind of a column."""
    if column.dtype != object:
        return pd.Series([None] * n_rows).astype(column.dtype)
    is_list = len(column) > 0 and isinstance(column.iloc[0], tuple)
    cells = np.empty(n_rows, dtype=object)
    cells[:] = [() if is_list else ""] * n_rows
    return pd.Series(cells, dtype=object)


def _with_all_reps(crm: CrmData, leads: pd.DataFrame) -> CrmData:
    calendar = crm.calendar.model_copy(update=EVERY_DAY)
    reps = crm.reps.assign(open_leads=0.0)
    absences = crm.absences.iloc[:0]
    return replace(crm, leads=leads, reps=reps, absences=absences, calendar=calendar)


EVERY_DAY = {
    "working_days": ["mon", "tue", "wed", "thu", "fri", "sat", "sun"],
    "holidays": [],
}


def _unassigned(day: Day, leads: NDArray[np.int64]) -> Counter[str]:
    """Return why leads of one day stay unassigned, those of few reps given first."""
    problem, told = day.problem, Counter[str]()
    room = np.where(day.available, problem.capacity, 0)
    size = np.diff(problem.indptr)[leads]
    for lead in leads[np.argsort(size, kind="stable")]:
        start, end = problem.indptr[lead : lead + 2]
        if day.kept_by[lead]:
            told[f"kept by rule {day.kept_by[lead]}"] += 1
        elif start == end:
            told[NOBODY] += 1
        elif problem.uses_slot[start:end].all():
            reps = problem.rep[start:end]
            best = reps[np.argmax(room[reps])]
            if room[best] < 1:
                told[FULL] += 1
            else:
                room[best] -= 1
    return told
