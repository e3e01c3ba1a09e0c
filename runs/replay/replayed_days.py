"""The past days that are replayed: of the ledger, or of history."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

import pandas as pd

from crm import CrmData, DataError, Issue
from crm.zones import day_of, in_zone
from evaluation.backtest import first_assignments, past_days
from evaluation.backtest.past import reps_on
from ledger import Ledger
from ledger.learning.decided import decided_leads
from reporting import counted
from runs.morning.lead_rows import rows_of
from runs.prepared.ledger_place import is_there, ledger_place
from runs.prepared.prepared import Prepared

LEDGER: Literal["ledger"] = "ledger"
HISTORY: Literal["history"] = "history"


@dataclass(frozen=True, eq=False)
class ReplayedDays:
    """Past days, oldest first.

    Attributes
    ----------
    days
        Tables of each day, with the leads that were there, and the books of then.
    source
        ledger or history.
    n_unassigned
        How many of the leads had been left unassigned on their day.
    """

    days: Sequence[CrmData]
    source: Literal["ledger", "history"]
    n_unassigned: int = 0

    @property
    def since(self) -> pd.Timestamp:
        """The first moment of the first day."""
        first = self.days[0]
        return first.calendar.start_of(first.today)


def window_of(prepared: Prepared, n_days: int) -> ReplayedDays:
    """Return the last so many days with leads, before the scenario's own.

    Of the ledger, where the scenario has one with runs; else of history.

    Raises
    ------
    DataError
        Where there are not so many.
    """
    place = ledger_place(prepared.file)
    if place is not None and is_there(place):
        with Ledger(place) as ledger, ledger.reading() as connection:
            name = prepared.file.scenario.name
            rows = decided_leads(connection, name)
        rows = rows[rows["day"].map(lambda day: day < prepared.crm.today)]
        if len(rows):
            return _of_ledger(prepared.crm, rows, n_days)
    return _of_history(prepared.crm, n_days)


def _of_history(crm: CrmData, n_days: int) -> ReplayedDays:
    if crm.history.empty:
        expected = "no past day to replay: give a history, or a ledger with runs"
        raise DataError([Issue("history", expected)])
    assigned = first_assignments(crm.history)["assigned_at"]
    began = crm.calendar.start_of(crm.today)
    dates = _last(day_of(assigned[assigned < began]), n_days, HISTORY)
    since = crm.calendar.start_of(dates[0])
    return ReplayedDays(list(past_days(crm, since, began)), HISTORY)


def _of_ledger(crm: CrmData, rows: pd.DataFrame, n_days: int) -> ReplayedDays:
    dates = _last(rows["day"], n_days, LEDGER)
    rows = rows[rows["day"].isin(dates)].reset_index(drop=True)
    n_unassigned = int((rows["kind"] == "unassigned").sum())
    return ReplayedDays(list(_ledger_days(crm, rows)), LEDGER, n_unassigned)


def _ledger_days(crm: CrmData, rows: pd.DataFrame) -> Iterator[CrmData]:
    times = in_zone(rows[["as_of", "created_at"]], crm.calendar.zone)
    leads = rows_of(rows.assign(created_at=times["created_at"]), crm.leads)
    worked = replace(crm, calendar=crm.calendar.always_working())
    for _, today in rows.groupby("day", sort=True):
        day: date = today["day"].iloc[0]
        yield replace(
            worked,
            leads=leads.loc[today.index].reset_index(drop=True),
            reps=reps_on(crm, crm.calendar.start_of(day)),
            as_of=times.loc[today.index, "as_of"].max(),
        )


def _last(days: pd.Series, n_days: int, source: str) -> list[date]:
    """Return the last so many days, in order.

    Raises
    ------
    DataError
        Where there are fewer.
    """
    dates = days.drop_duplicates().sort_values().tolist()
    if len(dates) < n_days:
        known = counted(len(dates), "day")
        expected = f"it has {known} with leads before today; ask for so many at most"
        raise DataError([Issue(source, expected, column="--days", value=str(n_days))])
    return dates[-n_days:]
