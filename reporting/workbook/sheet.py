"""A sheet of a workbook, as plain data."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

import pandas as pd

PERCENT, SMALL_PERCENT = "0.0%", "0.00%"
MONEY = "#,##0.00"
COUNT = "#,##0"
FIGURE = "#,##0.0000"
MOMENT = "yyyy-mm-dd hh:mm"
TEXT = "@"
MOST_ROWS = 2**20 - 1
"""Rows of a sheet, without its header."""


@dataclass(frozen=True, eq=False)
class Sheet:
    """A table with a name.

    Attributes
    ----------
    name
        What its tab is called: up to 31 letters.
    table
        Texts are written as texts, numbers as numbers, moments as dates in their own
        time zone.
    formats
        Column -> its number format; others have one of their type.
    edited
        Columns that a person fills in.
    choices
        A column that a person fills in -> the sheet and column to choose from.
    is_prose
        Whether its long texts are shown on several lines.
    """

    name: str
    table: pd.DataFrame
    formats: Mapping[str, str] = field(default_factory=dict)
    edited: Sequence[str] = ()
    choices: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    is_prose: bool = False

    def parts(self, most_rows: int = MOST_ROWS) -> Iterator["Sheet"]:
        """Yield the sheet, or several where it has more rows than one can hold."""
        yield replace(self, table=self.table.iloc[:most_rows])
        for number, start in enumerate(range(most_rows, len(self.table), most_rows), 2):
            rows = self.table.iloc[start : start + most_rows]
            yield replace(self, name=f"{self.name} {number}", table=rows)

    def format_of(self, column: str) -> str:
        """Return the number format of a column."""
        if column in self.formats:
            return self.formats[column]
        cells = self.table[column]
        if isinstance(cells.dtype, pd.DatetimeTZDtype):
            return MOMENT
        if pd.api.types.is_bool_dtype(cells):
            return "General"
        if pd.api.types.is_integer_dtype(cells):
            return COUNT
        return FIGURE if pd.api.types.is_float_dtype(cells) else TEXT
