"""Checks of the typed tables: ids, and the order of times."""

from collections.abc import Iterator, Mapping

import numpy as np
import pandas as pd

from crm.characters import alike_keys
from crm.issues import Issue, capped, listed
from crm.lost_digits import lost_digits
from crm.past_owners import owner_issues
from crm.rep_join import short_id, spelling
from crm.schema import ROW_IDS
from crm.table import Table
from crm.zones import moment_text

_ASSIGNMENT = ["lead_id", "rep_id", "assigned_at"]
_UNKNOWN = "not a rep_id of the reps"
FARTHEST_WEST = pd.Timedelta(hours=12)
"""So much later than in UTC does a day end in the zone farthest west."""
NAMED = 6
"""Repeated leads that are named."""
FORMER_REPS = 3
"""Unknown reps of a history that are named; further ones are counted."""
_NOT_LATER = (
    ("leads", "created_at"),
    ("history", "created_at"),
    ("history", "assigned_at"),
    ("history", "closed_at"),
)


def table_issues(
    tables: Mapping[str, Table], as_of: pd.Timestamp | None, n_far: int = 0
) -> Iterator[Issue]:
    """Yield the issues within and between the tables that could be read.

    Parameters
    ----------
    tables
        Table name -> typed table.
    as_of
        The moment of the allocation, ``None`` where it is not known.
    n_far
        Leads far later than all else, because of which it is that of the others.
    """
    yield from integrity_issues(tables)
    yield from owner_issues(tables)
    if as_of is not None:
        yield from chronology_issues(tables, as_of, n_far)


def integrity_issues(tables: Mapping[str, Table]) -> Iterator[Issue]:
    """Yield rounded and repeated ids, unknown reps, and leads already closed."""
    yield from lost_digits(tables)
    for name, column in ROW_IDS.items():
        if name in tables:
            table = _readable(tables[name], column)
            yield from _repeated_ids(table, column)
            yield from _alike_ids(table, column)
    if "history" in tables:
        yield from _repeated_assignments(_readable(tables["history"], *_ASSIGNMENT))
        yield from _same_under_other_ids(tables["history"])
    if "reps" in tables and tables["reps"].readable("rep_id").all():
        yield from _unknown_reps(tables)
    if "leads" in tables and "history" in tables:
        history = _readable(tables["history"], "lead_id", "outcome")
        yield from _closed_already(_readable(tables["leads"], "lead_id"), history)


def _readable(table: Table, *columns: str) -> Table:
    return table.keep(table.readable(*columns))


def _repeated_ids(table: Table, column: str) -> list[Issue]:
    again = table.frame[column].duplicated().to_numpy()
    expected = "appears before; expected one row per id"
    return table.issues(again, column, expected)


def _alike_ids(table: Table, column: str) -> list[Issue]:
    """Return a warning for each id that differs in case or form from another."""
    ids = table.frame[column].drop_duplicates()
    keys = pd.Series(alike_keys(ids), index=ids.index, dtype=object)
    if keys.is_unique:
        return []
    first = ids.groupby(keys).transform("first")
    issues = [
        Issue(table.file, _twin(other), int(table.rows[row]), column, own, "warning")
        for row, own, other in zip(ids.index, ids, first, strict=True)
        if own != other
    ]
    return capped(issues, len(issues))


def _twin(other: str) -> str:
    return f"differs from {other!r} in case or form of letters only; are they the same?"


def _repeated_assignments(history: Table) -> Iterator[Issue]:
    again = history.frame["lead_id"].duplicated(keep=False).to_numpy()
    suspects = history.keep(np.flatnonzero(again))
    suspects = suspects.keep(
        suspects.frame.duplicated(_ASSIGNMENT, keep=False).to_numpy()
    )
    same = suspects.frame.duplicated().to_numpy()
    repeated = suspects.frame.duplicated(_ASSIGNMENT).to_numpy()
    twice = "the same row appears before: it counts once in the model"
    yield from suspects.issues(same, "lead_id", twice, "warning")
    differs = "assigned to the same rep at the same time before, with other values"
    yield from suspects.issues(repeated & ~same, "lead_id", differs)


def _same_under_other_ids(history: Table) -> Iterator[Issue]:
    """Yield how many rows are those of another lead_id in every other cell."""
    if not history.readable(*_ASSIGNMENT).all():
        return
    frame = history.frame
    frame = frame[(frame["email"] != "") | (frame["phone"] != "")]
    for column in ("created_at", "email", "phone"):  # Few rows are left of many.
        frame = frame[frame.duplicated(column, keep=False)]
    alike = frame.drop(columns="lead_id").duplicated(keep=False)
    alike &= ~frame.duplicated(_ASSIGNMENT, keep=False)
    ids = list(map(str, frame.loc[alike, "lead_id"]))
    if ids:
        message = (
            f"{len(ids):,} rows hold the same as another lead_id, e-mail and phone "
            f"included, and each counts: {listed(ids, NAMED)}"
        )
        yield Issue(history.file, message, None, "lead_id", severity="warning")


def _unknown_reps(tables: Mapping[str, Table]) -> Iterator[Issue]:
    known = tables["reps"].frame["rep_id"]
    for name, column in (("accounts", "owner_rep_id"), ("absences", "rep_id")):
        if name in tables:
            unknown = _unknown(tables[name], column, known)
            yield from tables[name].issues(unknown, column, _UNKNOWN)
    for name, column in (("history", "rep_id"), ("leads", "current_rep_id")):
        if name in tables:
            yield from _former_reps(tables[name], column, tables["reps"])


def _unknown(table: Table, column: str, known: pd.Series) -> np.ndarray:
    ids = table.frame[column]
    return (~ids.isin(known) & (ids != "")).to_numpy()


def _former_reps(table: Table, column: str, reps: Table) -> list[Issue]:
    """Return one warning per rep, with the number of rows and who else may be meant."""
    unknown = table.keep(_unknown(table, column, reps.frame["rep_id"]))
    codes, names = pd.factorize(unknown.frame[column].to_numpy())
    _, first, counts = np.unique(codes, return_index=True, return_counts=True)
    meant = _spellings(reps.frame)
    issues = []
    for name, row, n in zip(names, unknown.rows[first], counts, strict=True):
        message = f"{_UNKNOWN} (rows: {n})"
        if rep := meant.get(spelling(name)) or meant.get(short_id(name)):
            message += f"; {rep!r} by another spelling? columns: {{{column}: {{column: "
            message += "..., match: [rep_id, name]}} finds it"
        issues.append(Issue(table.file, message, int(row), column, name, "warning"))
    issues.sort(key=lambda issue: "another spelling" not in issue.expected)
    return capped(issues, len(issues), FORMER_REPS)


def _spellings(reps: pd.DataFrame) -> dict[str, str]:
    """Return ids and names of reps as they may be spelt -> the rep's id."""
    return {
        way(text): rep
        for way in (spelling, short_id)
        for name in ("name", "rep_id")
        for text, rep in zip(reps[name], reps["rep_id"], strict=True)
        if text
    }


def _closed_already(leads: Table, history: Table) -> list[Issue]:
    if not (leads.readable("lead_id").all() and history.readable("lead_id").all()):
        return []
    past = history.frame[["lead_id", "outcome"]]
    past = past[past["lead_id"].isin(leads.frame["lead_id"])]
    closed = past["lead_id"][past["outcome"].isin(["won", "lost"])]
    again = leads.frame["lead_id"].isin(closed).to_numpy()
    message = "history says this lead is already won or lost"
    return leads.issues(again, "lead_id", message, "warning")


def chronology_issues(
    tables: Mapping[str, Table], as_of: pd.Timestamp, n_far: int = 0
) -> Iterator[Issue]:
    """Yield times later than `as_of`, and times in the wrong order."""
    whence = ", by all other dates; give as_of if this one is right" if n_far else ""
    for name, column in _NOT_LATER:
        if name in tables:
            table = tables[name]
            later = (table.frame[column] > as_of).to_numpy()
            message = f"later than the allocation (as_of {moment_text(as_of)}"
            message += f"{whence})"
            hint = _of_zone(table.frame[column][later], as_of)
            yield from table.issues(later, column, message + hint)
    if "history" in tables:
        yield from _history(tables["history"])
    if "absences" in tables:
        yield from _absences(tables["absences"])
    if "reps" in tables:
        yield from _reps(tables["reps"])


def _of_zone(later: pd.Series, as_of: pd.Timestamp) -> str:
    """Return what to do where times may be of the same day in another zone than UTC."""
    if as_of.tzname() != "UTC" or not (later - as_of <= FARTHEST_WEST).any():
        return ""
    return "; the day is that of UTC unless `calendar: {time_zone: ..}` names another"


def _history(history: Table) -> Iterator[Issue]:
    closed_at = history.frame["closed_at"]
    early = (closed_at < history.frame["assigned_at"]).to_numpy()
    message = "closed before it was assigned"
    yield from history.issues(early, "closed_at", message, "warning")
    closed = history.frame["outcome"].isin(["won", "lost"])
    message = "empty; a lead that is won or lost was closed at some time"
    unclosed = (closed & closed_at.isna()).to_numpy() & history.readable("closed_at")
    yield from history.issues(unclosed, "closed_at", message)


def _absences(absences: Table) -> Iterator[Issue]:
    backwards = (absences.frame["from"] > absences.frame["to"]).to_numpy()
    yield from absences.issues(backwards, "to", "the absence ends before it starts")


def _reps(reps: Table) -> Iterator[Issue]:
    backwards = (reps.frame["start_date"] > reps.frame["end_date"]).to_numpy()
    yield from reps.issues(backwards, "end_date", "ends before the start_date")
