"""Times: nothing after the moment of the allocation, nothing back to front."""

from collections.abc import Iterator, Mapping

import pandas as pd

from crm.issues import Issue
from crm.table import Table

_NOT_LATER = (
    ("leads", "created_at"),
    ("history", "created_at"),
    ("history", "assigned_at"),
    ("history", "closed_at"),
)


def chronology_issues(
    tables: Mapping[str, Table], as_of: pd.Timestamp
) -> Iterator[Issue]:
    """Yield times later than `as_of`, and those in the wrong order."""
    for name, column in _NOT_LATER:
        if name in tables:
            table = tables[name]
            later = (table.frame[column] > as_of).to_numpy()
            said = f"later than the allocation (as_of {as_of:%Y-%m-%dT%H:%M:%SZ})"
            yield from table.issues(later, column, said)
    if "history" in tables:
        yield from _history(tables["history"])
    if "absences" in tables:
        yield from _absences(tables["absences"])


def _history(history: Table) -> Iterator[Issue]:
    closed_at = history.frame["closed_at"]
    early = (closed_at < history.frame["assigned_at"]).to_numpy()
    said = "closed before it was assigned"
    yield from history.issues(early, "closed_at", said, "warning")
    closed = history.frame["outcome"].isin(["won", "lost"])
    said = "empty; a lead that is won or lost was closed at some time"
    unclosed = (closed & closed_at.isna()).to_numpy() & history.readable("closed_at")
    yield from history.issues(unclosed, "closed_at", said)


def _absences(absences: Table) -> Iterator[Issue]:
    backwards = (absences.frame["from"] > absences.frame["to"]).to_numpy()
    yield from absences.issues(backwards, "to", "the absence ends before it starts")
