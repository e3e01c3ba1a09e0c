"""What a file is of: leads and history, reps, accounts or absences."""

from collections.abc import Sequence

from crm.issues import DataError, Issue, listed
from crm.reading.hints import in_yaml
from crm.recognition.by_cells import creation_column
from crm.recognition.names import header_of
from crm.rep_join import FIRST_NAMES, LAST_NAMES
from crm.schema import TABLES
from crm.spelling import folded
from crm.systems.export import Export
from crm.systems.known_headers import recognised
from crm.table import Table

RECORDS = "records"
"""Leads, history, or both."""
_POINTS = {
    RECORDS: (
        *("created_at", "source", "deal_value", "company", "account_id", "territory"),
        *("outcome", "closed_at", "assigned_at", "product", "phone"),
    ),
    "reps": (
        *("daily_capacity", "name", "email", "team", "active", "territories"),
        *("products", "languages", "seniority", "rep_id"),
    ),
    "accounts": ("account_id", "owner_rep_id"),
    "absences": ("rep_id", "from", "to"),
}
"""What a file may be of -> columns of ours that tell."""
_TABLE = {RECORDS: "history"}
_WILDCARD, _KNOWN = 0.3, 0.5
"""What a telling header with ``*``, and a known one, count beside a telling one."""
_CHANCE = 2.0
"""Likeness that one telling header, such as ``Lead ID``, and a few usual ones have."""
NAMED = 12


def export_of(headers: Sequence[str]) -> Export | None:
    """Return the export that a file with these headers is, None where none is known."""
    found = [
        (_likeness(seen.export, seen.telling, seen.n_columns), seen)
        for seen in recognised(headers)
    ]
    found.sort(key=lambda one: -one[0])
    if not found:
        return None
    likeness, best = found[0]
    is_firm = len(best.telling) > 1 or likeness > _CHANCE
    return best.export if is_firm or best.export.roles == ("accounts",) else None


def _likeness(export: Export, telling: Sequence[str], n_columns: int) -> float:
    exact = {name.casefold() for name in export.telling if "*" not in name}
    told = [1 if name.casefold() in exact else _WILDCARD for name in telling]
    return sum(told) + _KNOWN * n_columns


def created_header(file: Table, export: Export | None) -> str:
    """Return the column that tells when a lead came, "" where none does."""
    by_name = header_of("created_at", "history", file.names, export)
    if by_name:
        return by_name
    by_cells = creation_column(file)
    return by_cells.parts[0] if by_cells is not None else ""


def kind_of(file: Table, export: Export | None) -> str:
    """Return what a file is of, "" where that cannot be told.

    Parameters
    ----------
    file
        The file.
    export
        What it was recognised as.
    """
    if export is not None:
        return RECORDS if "history" in export.roles else export.roles[0]
    headers = file.names
    points = {kind: _points(kind, headers) for kind in _POINTS}
    names = {folded(header) for header in headers}
    points["reps"] += bool(names & FIRST_NAMES and names & LAST_NAMES)
    if points["absences"] == 3 and points[RECORDS] <= 1:
        return "absences"
    if points["accounts"] == 2 and not header_of("created_at", "history", headers):
        return "accounts"
    if not created_header(file, None):
        points[RECORDS] = 0
    if "lead_id" in headers:
        points["reps"] = 0
        points[RECORDS] += 1
    best = max((RECORDS, "reps"), key=lambda kind: points[kind])
    return best if points[best] >= 2 else ""


def _points(kind: str, headers: Sequence[str]) -> int:
    table = _TABLE.get(kind, kind)
    return sum(bool(header_of(ours, table, headers)) for ours in _POINTS[kind])


def unknown_kind(file: str, headers: Sequence[str]) -> DataError:
    """Return the error that nothing tells what a file is of."""
    shown = listed([in_yaml(header) for header in headers], NAMED)
    message = (
        "neither leads nor history, reps, accounts or absences by its columns: "
        f"{shown}; expected such as {', '.join(list(TABLES['leads'])[:4])} of leads or "
        f"{', '.join(list(TABLES['reps'])[:3])} of reps"
    )
    return DataError([Issue(file, message, 1)])
