"""Excel files (.xlsx), ids and dates kept as written."""

import re
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from zipfile import BadZipFile, ZipFile

import numpy as np

from crm.cells import cell_text
from crm.issues import DataError, Issue, suggestion
from crm.table import Table, column_names, text_frame

_EXTENT = re.compile(rb'<dimension ref="[A-Z]+[0-9]+:([A-Z]{1,3})([0-9]{1,7})"')
_MOST_CELLS = 100_000_000


def read_excel(path: Path, file: str, sheet: str | None = None) -> Table:
    """Return the rows of a sheet as text cells; its first filled row is the header.

    ``00123`` stays ``00123``, the number 123 is ``123``, dates are ISO 8601.
    Blank rows, and columns without any text, are skipped.

    Raises
    ------
    DataError
        If the file is damaged or no Excel file, the sheet does not exist or is
        empty, or the package for reading Excel is not installed.
    """
    _refuse_vast_sheets(path, file)
    first, cells = _filled_area(path, file, sheet)
    if not cells:
        raise DataError([Issue(file, "the sheet is empty; expected a header row")])
    texts = [[cell_text(cell) for cell in row] for row in cells]
    header, *body = zip(*[c for c in zip(*texts, strict=True) if any(c)], strict=True)
    names = column_names(file, header, first)
    filled = [(row, cells) for row, cells in enumerate(body, first + 1) if any(cells)]
    columns = list(zip(*[cells for _, cells in filled], strict=True))
    rows = np.array([row for row, _ in filled], dtype=np.int64)
    return Table(file, text_frame(names, columns or [()] * len(names)), rows)


def _refuse_vast_sheets(path: Path, file: str) -> None:
    """Raise where a stray cell far out makes the sheet too large for memory."""
    try:
        extents = list(_extents(path))
    except (BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError):
        return  # Reading the sheet reports the damage.
    for column, row in extents:
        if row * column > _MOST_CELLS:
            extent = f"a sheet reaches to row {row:,} and column {column:,}"
            expected = f"{extent}; delete the cells far from the table"
            raise DataError([Issue(file, expected)])


def _extents(path: Path) -> Iterator[tuple[int, int]]:
    """Yield the last column and row of each sheet, as the sheet states them."""
    with ZipFile(path) as book:
        for part in book.namelist():
            if part.startswith("xl/worksheets/") and part.endswith(".xml"):
                with book.open(part) as sheet:
                    extent = _EXTENT.search(sheet.read(4096))
                if extent:
                    yield _column_number(extent[1]), int(extent[2])


def _column_number(letters: bytes) -> int:
    """Return 1 for A, 27 for AA."""
    number = 0
    for letter in letters:
        number = 26 * number + letter - ord("A") + 1
    return number


def _filled_area(
    path: Path, file: str, sheet: str | None
) -> tuple[int, list[list[Any]]]:
    """Return the row number of the first filled row, and the cells from there on."""
    try:
        from python_calamine import CalamineError, CalamineWorkbook
    except ImportError:
        needed = 'reading Excel needs: pip install "rightrep[excel]"'
        raise DataError([Issue(file, needed)]) from None
    try:
        with CalamineWorkbook.from_path(path) as book:
            name = _sheet_name(file, sheet, book.sheet_names)
            area = book.get_sheet_by_name(name)
            start = area.start[0] + 1 if area.start else 1
            return start, area.to_python(skip_empty_area=True)
    except CalamineError as problem:
        damaged = f"not a readable .xlsx file ({problem}); save it again from Excel"
        raise DataError([Issue(file, damaged)]) from None


def _sheet_name(file: str, sheet: str | None, names: list[str]) -> str:
    if not names:
        raise DataError([Issue(file, "the workbook has no sheet")])
    if sheet is None:
        return names[0]
    if sheet not in names:
        near = suggestion(sheet, names)
        message = f"no such sheet; there are {', '.join(names)}{near}"
        raise DataError([Issue(file, message, value=sheet)])
    return sheet
