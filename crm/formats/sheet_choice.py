"""Which sheet of a workbook is read, and what is said of the others."""

from typing import Any

from crm.issues import LISTED, DataError, Issue, listed, suggestion

_TABLE = 2
"""Columns from which a sheet may be a table where the first one is none."""


def chosen_sheet(
    file: str, book: Any, said: str | None
) -> tuple[str, tuple[Issue, ...]]:
    """Return the name of the sheet to read, and a note where there are others.

    Parameters
    ----------
    file
        The file as the user wrote it, for messages.
    book
        A ``CalamineWorkbook``.
    said
        The sheet that the source says, ``None`` for the first that is not hidden.

    Raises
    ------
    DataError
        If there is no such sheet, or the first is no table while another may be.
    """
    names = book.sheet_names
    if not names:
        raise DataError([Issue(file, "the workbook has no sheet")])
    if said is not None:
        if said not in names:
            near = suggestion(said, names)
            message = f"no such sheet; there are {listed(names, LISTED)}{near}"
            raise DataError([Issue(file, message, value=said)])
        return said, ()
    shown = [sheet.name for sheet in book.sheets_metadata if _is_shown(sheet)] or names
    first, *others = shown
    filled = [name for name in others if _width(book, name)]
    if not filled:
        return first, ()
    tables = [name for name in filled if _width(book, name) >= _TABLE]
    if _width(book, first) < _TABLE and tables:
        message = (
            f"the first sheet is no table; the others are {listed(filled, LISTED)}: "
            f"`sheet: {tables[0]}`"
        )
        keys: dict[str, str | int] = {"sheet": tables[0]} if len(tables) == 1 else {}
        raise DataError([Issue(file, message, value=first, mended_by=keys)])
    message = f"this sheet is read, as the first one; others: {listed(filled, LISTED)}"
    note = f"{message}; say which under `sheet`"
    return first, (Issue(file, note, value=first, severity="warning"),)


def _is_shown(sheet: Any) -> bool:
    is_grid = str(sheet.typ).endswith("WorkSheet")
    return is_grid and str(sheet.visible).endswith(".Visible")


def _width(book: Any, name: str) -> int:
    return int(book.get_sheet_by_name(name).width)
