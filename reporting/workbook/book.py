"""A workbook of sheets, written with XlsxWriter."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from typing import TYPE_CHECKING, Any

from crm import DataError, Issue
from reporting.text.layout.screen import text_width
from reporting.workbook.cells import Cell, cell_of, cut_text, shown_text
from reporting.workbook.sheet import COUNT, FIGURE, MOST_ROWS, TEXT, Sheet

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

NARROWEST, WIDEST = 9, 60
"""Letters that fit across a column."""
ROWS_LOOKED_AT = 500
"""Rows from which the width of a column is found."""
_HEADER = {"bold": True, "bottom": 1, "bg_color": "#E8ECF1", "valign": "top"}
_TO_FILL_IN = {"bg_color": "#FFF6CC"}
_PROSE = {"valign": "top", "align": "left", "text_wrap": True}
_HELP = "A rep's id or name. Rows that you leave empty stay as they are."


@dataclass(frozen=True)
class WrittenBook:
    """A workbook.

    Attributes
    ----------
    content
        The .xlsx file; the same sheets give the same bytes.
    notes
        What no workbook can hold as it is, in sentences.
    """

    content: bytes
    notes: tuple[str, ...]


def written_book(
    sheets: Iterable[Sheet], title: str, created: datetime, most_rows: int = MOST_ROWS
) -> WrittenBook:
    """Return the sheets as a workbook: no macro, formula, link or picture is in it.

    Parameters
    ----------
    title, created
        Properties of the file.
    most_rows
        Rows after which a table goes on in another sheet.

    Raises
    ------
    DataError
        Where the package that writes workbooks is not installed.
    """
    stream, notes = BytesIO(), list[str]()
    book = _new_book(stream)
    book.set_properties({"title": shown_text(title), "created": created})
    parts = [part for sheet in sheets for part in _parts(sheet, most_rows, notes)]
    ranges = {
        (part.name, str(column)): _range(part, place)
        for part in parts
        for place, column in enumerate(part.table.columns)
    }
    for part in parts:
        _Writing(book, book.add_worksheet(part.name), part, notes).write(ranges)
    book.close()
    return WrittenBook(stream.getvalue(), tuple(notes))


def _new_book(stream: BytesIO) -> "Workbook":
    try:
        from xlsxwriter import Workbook
    except ImportError as error:
        needed = 'writing Excel needs: pip install "rightrep[excel]"'
        raise DataError([Issue("excel", needed)]) from error
    return Workbook(stream, {"in_memory": True})


def _parts(sheet: Sheet, most_rows: int, notes: list[str]) -> Sequence[Sheet]:
    parts = list(sheet.parts(most_rows))
    if len(parts) > 1:
        names = ", ".join(part.name for part in parts)
        n_rows = f"{len(sheet.table):,} rows"
        notes.append(f"{sheet.name}: {n_rows} are more than a sheet holds: {names}")
    return parts


def _range(sheet: Sheet, place: int) -> tuple[int, int, int, int]:
    return 1, place, max(len(sheet.table), 1), place


@dataclass(frozen=True, eq=False)
class _Writing:
    book: "Workbook"
    page: "Worksheet"
    sheet: Sheet
    notes: list[str]

    def write(self, ranges: dict[tuple[str, str], tuple[int, int, int, int]]) -> None:
        """Write header, cells, filter and widths, and what can be chosen."""
        table = self.sheet.table
        for place, column in enumerate(map(str, table.columns)):
            self._column(place, column)
        if len(table.columns):
            self.page.autofilter(0, 0, len(table), len(table.columns) - 1)
        self.page.freeze_panes(1, 1)
        self.page.set_landscape()
        self.page.fit_to_pages(1, 0)
        self.page.repeat_rows(0)
        for column, target in self.sheet.choices.items():
            self._choices(column, target[0], ranges[target])

    def _column(self, place: int, column: str) -> None:
        cells = [self._held(value) for value in self.sheet.table.iloc[:, place]]
        form: dict[str, Any] = {"num_format": self.sheet.format_of(column)}
        if self.sheet.is_prose:
            form |= _PROSE
        header = dict(_HEADER)
        if column in self.sheet.edited:
            form, header = form | _TO_FILL_IN, header | _TO_FILL_IN
        styles = {
            number_format: self.book.add_format(form | {"num_format": number_format})
            for number_format in dict.fromkeys((form["num_format"], COUNT, FIGURE))
        }
        style = styles[form["num_format"]]
        self.page.write_string(0, place, column, self.book.add_format(header))
        self.page.set_column(place, place, _width(column, cells), style)
        for row, cell in enumerate(cells, 1):
            of_cell = _own_format(cell) if form["num_format"] == TEXT else ""
            _write(self.page, row, place, cell, styles.get(of_cell, style))

    def _held(self, value: Any) -> Cell:
        cell = cell_of(value)
        if not isinstance(cell, str):
            return cell
        whole = shown_text(cell)
        cut = cut_text(whole)
        if cut != whole:
            said = f"a text of {len(whole):,} letters is cut to what a cell holds"
            self.notes.append(f"{self.sheet.name}: {said}")
        return cut

    def _choices(
        self, column: str, name: str, cells: tuple[int, int, int, int]
    ) -> None:
        from xlsxwriter.utility import xl_range_abs

        place = self.sheet.table.columns.get_loc(column)
        quoted = name.replace("'", "''")
        source = f"='{quoted}'!{xl_range_abs(*cells)}"
        rule = {
            "validate": "list",
            "source": source,
            "input_title": column,
            "input_message": _HELP,
            "error_type": "warning",
            "error_title": "Not in the list",
            "error_message": f"{_HELP} Keep what you typed?",
        }
        last = max(len(self.sheet.table), 1)
        self.page.data_validation(1, place, last, place, rule)


def _own_format(cell: Cell) -> str:
    """Return the format of a number among texts."""
    if isinstance(cell, bool) or not isinstance(cell, int | float):
        return ""
    return COUNT if isinstance(cell, int) else FIGURE


def _write(page: "Worksheet", row: int, place: int, cell: Cell, style: Any) -> None:
    if cell is None or cell == "":
        page.write_blank(row, place, None, style)
    elif isinstance(cell, str):
        page.write_string(row, place, cell, style)
    elif isinstance(cell, bool):
        page.write_boolean(row, place, cell, style)
    elif isinstance(cell, datetime):
        page.write_datetime(row, place, cell, style)
    else:
        page.write_number(row, place, cell, style)


def _width(column: str, cells: Sequence[Cell]) -> int:
    looked_at = cells[:ROWS_LOOKED_AT]
    longest = max((_letters(cell) for cell in looked_at), default=0)
    return min(max(longest + 2, len(column) + 4, NARROWEST), WIDEST)


def _letters(cell: Cell) -> int:
    if isinstance(cell, str):
        return text_width(cell)
    if isinstance(cell, datetime):
        return len("2026-09-07 08:00")
    return 0 if cell is None else 10
