"""Reading an export of outcomes, by the same keys as every other table."""

from collections.abc import Mapping
from pathlib import Path

import numpy as np

from crm.calendar import Calendar
from crm.column_origin import RepColumn
from crm.databases.reading import Databases
from crm.formats import read_table
from crm.issues import DataError, Issue
from crm.reading.header_names import as_in_file
from crm.reading.mapping import mapped, reps_to_match
from crm.reading.typed_columns import typed
from crm.schema import LATER_TABLES
from crm.source import Source
from crm.table import Table

OUTCOMES = "outcomes"
TOLD = ("outcome", "first_response_at", "next_step_at")
"""Columns of which an export has one at least: the others say nothing by themselves."""


def read_outcomes(
    sources: Mapping[str, Source], folder: str | Path, calendar: Calendar
) -> tuple[Table, tuple[Issue, ...]]:
    """Return the typed table of outcomes, and what is to be said of it.

    Cells that cannot be read are `unreadable` there, and named among the issues; the
    rows without such cells can be used.

    Parameters
    ----------
    sources
        ``outcomes``, and ``reps`` where the table names reps otherwise than by rep_id.
    folder
        The folder that file names are relative to.
    calendar
        In which zone times without an offset are.

    Raises
    ------
    DataError
        Where the file is no table, lacks what it needs, or has no row that can be read.
    """
    columns = LATER_TABLES[OUTCOMES]
    with Databases(Path(folder)) as databases:
        file = _file(OUTCOMES, sources[OUTCOMES], Path(folder), databases)
        source, issues = as_in_file(OUTCOMES, sources[OUTCOMES], file)
        known = {*columns, *source.consumed, *source.drop}
        others = [name for name in file.names if name not in known]
        source = source.model_copy(update={"drop": [*source.drop, *others]})
        needs_reps = isinstance(source.columns.get("rep_id"), RepColumn)
        reps = _reps(sources, Path(folder), databases, calendar) if needs_reps else None
        named = {"reps": sources.get("reps", source), OUTCOMES: source}
        matched = None if reps is None else reps_to_match(named, *reps)
    table, told = mapped(OUTCOMES, source, file, matched, calendar.zone)
    issues += [*file.notes, *told]
    if not any(name in table.frame for name in TOLD):
        needed = f"as outcomes, the table needs one of {', '.join(TOLD)}"
        raise DataError([*issues, Issue(table.file, needed, 1)])
    table, told = typed(table, columns, OUTCOMES, source, calendar.zone)
    issues += told
    if _is_useless(table, issues):
        raise DataError(issues)
    return table, tuple(issues)


def known_reps(source: Source, folder: str | Path, calendar: Calendar) -> set[str]:
    """Return the ids of the table of reps."""
    with Databases(Path(folder)) as databases:
        _, reps = _reps({"reps": source}, Path(folder), databases, calendar)
    return set(reps.frame.get("rep_id", []))


def _is_useless(table: Table, issues: list[Issue]) -> bool:
    """Tell whether no row could be used, or an error is of none."""
    unreadable = ~table.readable(*table.names)
    is_wrong = any(issue.severity == "error" for issue in issues)
    return bool(np.all(unreadable) and len(unreadable)) or (
        is_wrong and not np.any(unreadable)
    )


def _file(name: str, source: Source, folder: Path, databases: Databases) -> Table:
    if source.file is None:
        return databases.table(name, source)
    return read_table(folder / source.file, source.file, source.layout)


def _reps(
    sources: Mapping[str, Source],
    folder: Path,
    databases: Databases,
    calendar: Calendar,
) -> tuple[Table, Table]:
    """Return the file of the reps as it is, and the table mapped from it."""
    file = _file("reps", sources["reps"], folder, databases)
    source, _ = as_in_file("reps", sources["reps"], file)
    return file, mapped("reps", source, file, None, calendar.zone)[0]
