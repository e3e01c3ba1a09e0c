"""The rows of an edited table of assignments: CSV, or a run's workbook."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from crm import DataError, Issue, suggestion, why_unreadable
from crm.formats import read_table
from crm.formats.excel import sheet_names
from crm.layout import Layout
from crm.table import Table
from runs.book.fill_in import (
    ASSIGNED,
    KEPT,
    MANIFEST,
    NAME,
    OVERRIDE,
    RUN_ID,
    UNASSIGNED,
    WHY,
)

LEAD, REP = "lead_id", "rep_id"


@dataclass(frozen=True)
class EditedRow:
    """A row as a person left it.

    Attributes
    ----------
    file, row
        The file, with its sheet, and the row.
    lead_id
        The lead.
    rep
        What `rep_id` says; None where the sheet has no such column.
    override, reason
        What the person filled in; empty for nothing.
    name
        Who the rep is by the sheet: the name with the id; empty where it says nothing.
    """

    file: str
    row: int
    lead_id: str
    rep: str | None
    override: str = ""
    reason: str = ""
    name: str = ""

    def is_named(self, rep_id: str) -> bool:
        """Tell whether the sheet's name is that of a rep, or it has none."""
        return self.name in ("", rep_id) or self.name.endswith(f"({rep_id})")


@dataclass(frozen=True)
class EditedRows:
    """The rows of a file, and the run that it says it is of, "" for none."""

    rows: tuple[EditedRow, ...]
    run_id: str = ""


def edited_rows(path: Path) -> EditedRows:
    """Return the rows of an edited file: of a run's workbook, both sheets of leads.

    Raises
    ------
    DataError
        Where the file cannot be read, lacks a column, or was edited where an override
        is not read from.
    """
    if problem := why_unreadable(path):
        raise DataError([Issue(str(path), problem)])
    names = sheet_names(path)
    own = [name for name in names if name in (ASSIGNED, UNASSIGNED)]
    if not own:
        return EditedRows(tuple(_rows(read_table(path, str(path)))))
    rows = [row for name in own for row in _rows(_sheet(path, name))]
    if issues := [issue for name in names for issue in _misplaced(path, name)]:
        raise DataError(issues)
    run_id = _run_id(_sheet(path, MANIFEST)) if MANIFEST in names else ""
    return EditedRows(tuple(rows), run_id)


def _sheet(path: Path, name: str) -> Table:
    file = f"{path}, sheet {name}"
    return read_table(path, file, Layout(file=str(path), sheet=name, skip_footer=0))


def _misplaced(path: Path, name: str) -> Iterator[Issue]:
    """Yield where a sheet has edits from which no override is read."""
    if name in (ASSIGNED, UNASSIGNED, MANIFEST):
        return
    try:
        table = _sheet(path, name)
    except DataError:
        return  # No table: nobody can have filled it in.
    if OVERRIDE in table.frame:
        expected = (
            f"overrides are read of the sheets {ASSIGNED} and {UNASSIGNED} alone: name "
            "this one so, or delete it"
        )
        yield Issue(table.file, expected, 1, OVERRIDE)
    elif name == KEPT and {LEAD, REP} <= set(table.frame):
        for row in _rows(table):
            if not row.is_named(row.rep or ""):
                expected = (
                    f"{NAME} and {REP} are of two reps; to give a kept lead away: "
                    f"rightrep override {row.lead_id} REP"
                )
                yield Issue(table.file, expected, row.row, NAME, row.name)


def _run_id(manifest: Table) -> str:
    frame = manifest.frame
    if not {"name", "value"} <= set(frame.columns):
        return ""
    return str(next(iter(frame.loc[frame["name"] == RUN_ID, "value"]), ""))


def _rows(table: Table) -> Iterator[EditedRow]:
    needed = [LEAD] if OVERRIDE in table.frame else [LEAD, REP]
    if lacking := [name for name in needed if name not in table.frame]:
        raise DataError(_lacking(table, lacking))
    leads, overrides, reasons = (_column(table, c) for c in (LEAD, OVERRIDE, WHY))
    has_reps = REP in table.frame
    reps, people = _column(table, REP), _column(table, NAME)
    rows = zip(table.rows, leads, reps, overrides, reasons, people, strict=True)
    for row, lead, rep, override, reason, name in rows:
        said = rep if has_reps else None
        yield EditedRow(table.file, int(row), lead, said, override, reason, name)


def _column(table: Table, name: str) -> Sequence[str]:
    if name not in table.frame:
        return [""] * len(table.frame)
    return [str(cell).strip() for cell in table.frame[name]]


def _lacking(table: Table, names: Sequence[str]) -> Iterator[Issue]:
    for name in names:
        near = suggestion(name, table.names)
        yield Issue(table.file, f"there is no such column{near}", 1, name)
