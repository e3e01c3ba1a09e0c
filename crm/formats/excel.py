"""Excel files (.xlsx), ids and dates kept as written."""

from pathlib import Path
from typing import Any

import numpy as np

from crm.cells import cell_text
from crm.formats.workbook_size import UnreadableWorkbookError, check_workbook
from crm.issues import DataError, Issue, suggestion
from crm.table import Table, column_names, text_frame


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
        check_workbook(path)
        with CalamineWorkbook.from_path(path) as book:
            name = _sheet_name(file, sheet, book.sheet_names)
            area = book.get_sheet_by_name(name)
            start = area.start[0] + 1 if area.start else 1
            return start, area.to_python(skip_empty_area=True)
    except UnreadableWorkbookError as problem:
        raise DataError([Issue(file, str(problem))]) from None
    except BaseException as problem:
        if not (isinstance(problem, CalamineError) or _is_panic(problem)):
            raise
        damaged = f"not a readable .xlsx file ({problem}); save it again from Excel"
        raise DataError([Issue(file, damaged)]) from None


def _is_panic(problem: BaseException) -> bool:
    """Tell a failure inside the reading library; it has no class to import."""
    return type(problem).__name__ == "PanicException"


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
