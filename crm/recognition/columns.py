"""Which columns of a file are ours, and which are to be left out."""

import re
from collections.abc import Iterable, Sequence

from crm.recognition.by_cells import creation_column, id_column
from crm.recognition.entry import Entry
from crm.recognition.named import Named
from crm.recognition.names import LAST_CHANGED, header_of
from crm.rep_join import FIRST_NAMES, LAST_NAMES
from crm.schema import TABLES
from crm.spelling import folded
from crm.systems.export import Export
from crm.systems.known_headers import first_among
from crm.table import Table

_UNNAMED = re.compile(r"column [0-9]+")
_HIDDEN = re.compile(
    r"\((?:Do Not Modify|Nicht ändern|Ne pas modifier)\).*", re.IGNORECASE
)
"""Columns that Dynamics hides in its exports."""
_KEPT_OTHERS = ("First Name", "Last Name", "First name", "Last name", "Currency")
_BY_ITSELF = ("outcome", "rep_id", "current_rep_id", "owner_rep_id", "closed_at")
"""Columns that are made otherwise than by a name."""
_RECORDS = ("leads", "history")


def named_columns(table: str, file: Table, export: Export | None) -> dict[str, Named]:
    """Return our columns that are a column of the file, by its name or its cells.

    Parameters
    ----------
    table
        The table it is to be.
    file
        The file.
    export
        What it was recognised as.
    """
    headers = file.names
    named: dict[str, Named] = {}
    taken: set[str] = set()
    for ours in _known_first(table, export):
        if ours in _BY_ITSELF and not (table == "reps" and ours == "rep_id"):
            continue
        if header := header_of(ours, table, headers, export, taken):
            by_name = "" if ours == header else _why(ours, header, export)
            named[ours] = Named(header, (header,), by_name)
            if table != "reps" or ours != "rep_id":
                taken.add(header)
    if table == "reps" and (joined := _joined_name(headers)):
        is_part = "name" in named and named["name"].parts[0] in joined
        if "name" not in named or is_part:
            origin = {"join": list(joined)}
            named["name"] = Named(origin, joined, "first and last name")
    if table in _RECORDS:
        _stand_in(named, table, file)
    return named


def _known_first(table: str, export: Export | None) -> list[str]:
    known = export.columns if export is not None else {}
    ours = TABLES[table]
    exported = [c for c in ours if c in known]
    return [*exported, *(c for c in ours if c not in known)]


def _why(ours: str, header: str, export: Export | None) -> str:
    known = export.columns.get(ours, ()) if export is not None else ()
    if first_among(known, [header]):
        return ""
    return "by its name"


def _joined_name(headers: Sequence[str]) -> tuple[str, ...]:
    first, last = (
        next((h for h in headers if folded(h) in names), "")
        for names in (FIRST_NAMES, LAST_NAMES)
    )
    return (first, last) if first and last else ()


def _stand_in(named: dict[str, Named], table: str, file: Table) -> None:
    """Let what a system does not tell be what comes nearest, and say so."""
    known = named.get("lead_id")
    is_sure = known is not None and file.frame[known.parts[0]].is_unique
    if not is_sure and (found := id_column(file)):
        named["lead_id"] = found
    if "created_at" not in named and (created_first := creation_column(file)):
        named["created_at"] = created_first
    if "lead_id" not in named:
        why = "no column of ids: a row's number, so do not sort the file"
        named["lead_id"] = Named({"row_number": True}, (), why)
    if table != "history" or "created_at" not in named:
        return
    created = named["created_at"].parts[0]
    if "assigned_at" not in named:
        why = "a guess: nothing tells when it was assigned"
        named["assigned_at"] = Named(created, (created,), why)
        return
    assigned = named["assigned_at"].parts[0]
    named["assigned_at"] = Named(
        [assigned, created] if assigned != created else created,
        (assigned, created),
        "who was not assigned has the time of creation",
    )


def last_changed(headers: Sequence[str], export: Export | None) -> str:
    """Return the column of the last change, "" where there is none."""
    if export is not None:
        for name in export.first_filled.get("closed_at", ()):
            header = first_among(export.headers_of(name), headers)
            if header and first_among(LAST_CHANGED, [header]):
                return header
    return first_among(LAST_CHANGED, headers)


def closing_headers(headers: Sequence[str], export: Export | None) -> list[str]:
    """Return the columns that tell when a lead was closed, the surest first."""
    if export is not None:
        firsts = export.first_filled.get("closed_at", ())
        found = [first_among(export.headers_of(name), headers) for name in firsts]
        found = [h for h in found if h and not first_among(LAST_CHANGED, [h])]
        if found:
            return found
    header = header_of("closed_at", "history", headers, export)
    return [header] if header else []


def dropped(
    table: str,
    file: Table,
    export: Export | None,
    consumed: Iterable[str],
    owners: Iterable[str],
    stages: Iterable[str],
) -> list[Entry]:
    """Return the key `drop`: columns that are no features, and why.

    Parameters
    ----------
    table
        The table it is to be.
    file
        The file.
    export
        What it was recognised as.
    consumed
        Columns of the file that ours are made of.
    owners, stages
        Columns that tell the owner, or the outcome, once more.
    """
    used = {*consumed, *TABLES[table]}
    unnamed = [c for c in file.names if _UNNAMED.fullmatch(c) and _counts_up(file, c)]
    hidden = [c for c in file.names if _HIDDEN.fullmatch(c)]
    drop = dict.fromkeys(c for c in (*unnamed, *hidden) if c not in used)
    if table in _RECORDS:
        late = [*owners, *stages, *_others(file.names, export)]
        drop |= dict.fromkeys(c for c in late if c and c not in used)
    if not drop:
        return []
    why = "the row number, " if unnamed else ""
    why += "told once more (owner, outcome) or hidden by the system: no features"
    return [Entry("drop", list(drop), why)]


def _others(headers: Sequence[str], export: Export | None) -> list[str]:
    if export is None:
        return []
    found = [
        first_among(names, headers)
        for first, names in export.others.items()
        if first not in _KEPT_OTHERS
    ]
    found += [first_among(export.columns.get("closed_at", ()), headers)]
    return [header for header in found if header]


def _counts_up(file: Table, column: str) -> bool:
    cells = list(file.frame[column])
    start = cells[0] if cells else ""
    if start not in ("0", "1"):
        return False
    return cells == [str(int(start) + place) for place in range(len(cells))]


def people(headers: Sequence[str]) -> list[str]:
    """Return the columns that hold first or last names of people."""
    return [h for h in headers if folded(h) in FIRST_NAMES | LAST_NAMES]
