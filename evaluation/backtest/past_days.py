"""Past days as they were: the leads that came, the reps at work, their open books."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import pandas as pd

from crm import CrmData
from scoring.history.rows import is_distributed


@dataclass(frozen=True, eq=False)
class PastDay:
    """One day on which leads were given out.

    Attributes
    ----------
    date
        Midnight at its beginning (UTC).
    crm
        The tables as of its last assignment: the day's leads, and reps with the
        leads that were open in their books when the day began.
    """

    date: pd.Timestamp
    crm: CrmData


def past_days(
    crm: CrmData, since: pd.Timestamp, until: pd.Timestamp
) -> Iterator[PastDay]:
    """Yield every day on which leads were given out, oldest first.

    Leads that reps found themselves were nobody's to give. A lead that was given
    out several times counts on its first day.

    Parameters
    ----------
    crm
        Tables whose history holds the days.
    since, until
        First moment (UTC), and the moment before which the days end.
    """
    rows = first_assignments(crm.history)
    inside = (rows["assigned_at"] >= since) & (rows["assigned_at"] < until)
    rows = rows[inside]
    for date, today in rows.groupby(rows["assigned_at"].dt.normalize(), sort=True):
        yield PastDay(date, _tables_of(crm, date, today))


def first_assignments(history: pd.DataFrame) -> pd.DataFrame:
    """Return the rows in which a lead was first given to anyone, in order of time."""
    given = history[is_distributed(history)]
    ordered = given.sort_values(["assigned_at", "lead_id", "rep_id"], kind="stable")
    return ordered.drop_duplicates("lead_id")


def _tables_of(crm: CrmData, date: pd.Timestamp, today: pd.DataFrame) -> CrmData:
    return replace(
        crm,
        leads=_as_leads(crm, today),
        reps=_reps_on(crm, date),
        as_of=today["assigned_at"].max(),
    )


def _as_leads(crm: CrmData, today: pd.DataFrame) -> pd.DataFrame:
    """Return rows of history as they lay in the table of leads."""
    leads = today.reindex(columns=crm.leads.columns).reset_index(drop=True)
    text = crm.leads.select_dtypes("object").columns
    return leads.astype(crm.leads.dtypes.to_dict()).fillna(dict.fromkeys(text, ""))


def _reps_on(crm: CrmData, date: pd.Timestamp) -> pd.DataFrame:
    """Return the reps with the books they had; who got leads later was active."""
    reps, history = crm.reps, crm.history
    later = set(history.loc[history["assigned_at"] >= date, "rep_id"])
    active = reps["active"].astype(bool) | reps["rep_id"].isin(later)
    before = history["assigned_at"] < date
    still_open = before & ~(history["closed_at"] < date)
    n_open = history.loc[still_open, "rep_id"].value_counts()
    books = reps["rep_id"].map(n_open).fillna(0.0).astype(float)
    return reps.assign(active=active, open_leads=books)
