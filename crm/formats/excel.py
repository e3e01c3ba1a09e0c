"""Excel files (.xlsx, .xls), ids and dates kept as written."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np

from crm.cells import cell_text
from crm.formats.header import OPENING, NumberedRow, header_of, named_columns
from crm.formats.other_content import refuse_other_content
from crm.formats.sheet_choice import chosen_sheet
from crm.formats.sheet_look import SheetLook, sheet_look
from crm.formats.workbook_size import (
    SPARSE_CELLS,
    UnreadableWorkbookError,
    check_workbook,
)
from crm.issues import DataError, Issue
from crm.layout import Layout
from crm.table import Table, text_frame

_EXACT_DIGITS = 1e15
"""From which a number has more digits than Excel keeps."""
_WRITTEN_DATE = re.compile(r"\s*[0-9]{1,2}([./-])[0-9]{1,2}\1(?:[0-9]{2}){1,2}\b.*")

Cells = list[list[Any]]


def read_excel(path: Path, file: str, layout: Layout) -> Table:
    """Return the rows of a sheet as text cells.

    ``00123`` stays ``00123``, also where a number is only shown so; the number 123 is
    ``123``, one of more than 15 digits has an exponent, dates are ISO 8601. Blank
    rows, and columns without any text, are skipped. Notes say what is hidden, what
    Excel could not calculate, and where dates may have been misread.

    Raises
    ------
    DataError
        If the file is damaged or no Excel file, the sheet does not exist or is
        empty, or the package for reading Excel is not installed.
    """
    sheet = _Sheet(file, *_read(path, file, layout))
    return sheet.table(layout)


def sheet_names(path: Path) -> list[str]:
    """Return the sheets of an .xlsx file; none of what its reader would refuse."""
    try:
        from python_calamine import CalamineError, CalamineWorkbook
    except ImportError:
        return []
    if path.suffix.lower() != ".xlsx":
        return []
    try:
        check_workbook(path)
        with CalamineWorkbook.from_path(path) as book:
            return list(book.sheet_names)
    except (UnreadableWorkbookError, OSError):
        return []
    except BaseException as problem:
        if not (isinstance(problem, CalamineError) or _is_panic(problem)):
            raise
        return []


@dataclass
class _Sheet:
    file: str
    sheet: str
    cells: Cells
    look: SheetLook
    notes: tuple[Issue, ...]

    def table(self, layout: Layout) -> Table:
        texts = [self._texts(row, cells) for row, cells in enumerate(self.cells, 1)]
        filled = [(row, cells) for row, cells in enumerate(texts, 1) if any(cells)]
        header = header_of(
            self.file, _opening(filled, layout.header_row), layout.header_row
        )
        body = [(row, cells) for row, cells in filled if row > header.row]
        columns = list(zip(*[cells for _, cells in body], strict=True))
        columns = columns or [()] * len(header.cells)
        places, names, unnamed = named_columns(
            self.file, header, list(map(any, columns))
        )
        frame = text_frame(names, [columns[place] for place in places])
        rows = np.array([row for row, _ in body], dtype=np.int64)
        named = dict(zip(places, names, strict=True))
        notes = [*self.notes, *unnamed]
        notes += self.look.notes(self.file, named, rows)
        notes += self._swapped_dates(named, rows)
        numeric = {name: self._numbers(place, rows) for place, name in named.items()}
        form = self.look.form(self.sheet, header.row, named, rows)
        return Table(
            self.file, frame, rows, notes=tuple(notes), numeric=numeric, form=form
        )

    def _numbers(self, place: int, rows: np.ndarray) -> np.ndarray:
        cells = (self.cells[row - 1][place] for row in rows.tolist())
        return np.array([type(cell) in (int, float) for cell in cells], dtype=bool)

    def _texts(self, row: int, cells: Sequence[Any]) -> list[str]:
        texts = list(map(_text, cells))
        for place, padded in self.look.padded.get(row, ()):
            if place < len(texts) and texts[place].isdigit():
                texts[place] = padded.shown(texts[place])
        return texts

    def _swapped_dates(self, named: dict[int, str], rows: np.ndarray) -> list[Issue]:
        """Return an error for each column of dates and of texts that look like some."""
        issues = []
        for place, name in named.items():
            cells = [(row, self.cells[row - 1][place]) for row in rows.tolist()]
            dates = [(row, cell) for row, cell in cells if isinstance(cell, date)]
            if not dates:
                continue
            texts = [(row, cell) for row, cell in cells if _is_written_date(cell)]
            if texts:
                issues.append(_half_swapped(self.file, name, dates, texts))
        return issues


def _opening(
    filled: list[tuple[int, list[str]]], said: int | None
) -> list[NumberedRow]:
    return list(filled) if said is not None else list(filled[:OPENING])


def _text(cell: Any) -> str:
    if isinstance(cell, float) and abs(cell) >= _EXACT_DIGITS:
        return np.format_float_scientific(cell, trim="-")
    return cell_text(cell)


def _is_written_date(cell: Any) -> bool:
    return isinstance(cell, str) and bool(_WRITTEN_DATE.fullmatch(cell))


def _half_swapped(
    file: str, name: str, dates: list[tuple[int, Any]], texts: list[tuple[int, str]]
) -> Issue:
    row, day = dates[0]
    message = (
        f"{len(texts)} cells are text like this and {len(dates)} are dates, such as "
        f"row {row} ({day.isoformat()}): Excel took those for dates that it could, "
        "perhaps with day and month swapped; export the column again as CSV, or as "
        "text, or leave it out by `drop`"
    )
    return Issue(file, message, texts[0][0], name, texts[0][1])


def _read(
    path: Path, file: str, layout: Layout
) -> tuple[str, Cells, SheetLook, tuple[Issue, ...]]:
    """Return the sheet, its cells from A1 on, what it looks like, and notes."""
    try:
        from python_calamine import CalamineError, CalamineWorkbook
    except ImportError:
        needed = 'reading Excel needs: pip install "rightrep[excel]"'
        raise DataError([Issue(file, needed)]) from None
    refuse_other_content(path, file, is_excel=True)
    is_old = path.suffix.lower() == ".xls"
    try:
        if not is_old:
            check_workbook(path)
        with CalamineWorkbook.from_path(path) as book:
            name, notes = chosen_sheet(file, book, layout.sheet)
            area = book.get_sheet_by_name(name)
            if is_old:
                _refuse_vast(area, path.stat().st_size)
            cells = area.to_python(skip_empty_area=False)
        look = None if is_old else sheet_look(path, name)
    except UnreadableWorkbookError as problem:
        raise DataError([Issue(file, str(problem))]) from None
    except BaseException as problem:
        if not (isinstance(problem, CalamineError) or _is_panic(problem)):
            raise
        ending = ".xls" if is_old else ".xlsx"
        damaged = f"not a readable {ending} file ({problem}); save it again from Excel"
        raise DataError([Issue(file, damaged)]) from None
    if not any(map(any, cells)):
        empty = "the sheet is empty; expected a header row"
        raise DataError([Issue(file, empty)])
    if look is None:
        return name, cells, SheetLook(), (*notes, _unseen(file))
    return name, cells, look, notes


def _unseen(file: str) -> Issue:
    message = (
        "of this file it cannot be told which cells are hidden, padded with zeros or "
        "an error; save it as .xlsx from Excel to have that checked"
    )
    return Issue(file, message, severity="warning")


def _refuse_vast(area: Any, n_bytes: int) -> None:
    """Raise where a sheet reaches far beyond its cells, as an .xls file may."""
    row, column = (place + 1 for place in area.end or (0, 0))
    if row * column > max(SPARSE_CELLS, n_bytes):
        raise UnreadableWorkbookError(
            f"a sheet reaches to row {row:,} and column {column:,}; delete the cells "
            "far from the table, or save it as 'CSV UTF-8'"
        )


def _is_panic(problem: BaseException) -> bool:
    """Tell a failure inside the reading library; it has no class to import."""
    return type(problem).__name__ == "PanicException"
