"""The separator between the cells of a text file, found from its first rows."""

import csv
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from crm.issues import DataError, Issue
from crm.layout import TAB

COMMA = ","
_SEPARATORS = (COMMA, ";", "\t", "|")
_DECLARED = re.compile(r"\"?sep=([^\"\r\n])\"?[\r\n]*", re.IGNORECASE)
_ROWS = 50
"""With text, that are looked at."""
_TITLED = 3
"""Cells in a row from which it may be the header though the first row has one."""


@dataclass(frozen=True)
class _Fit:
    """How a separator suits the first rows.

    Attributes
    ----------
    starts
        Whether the first row has it.
    agreeing
        Rows as wide as the header that leave no quote inside a cell, as a wrong
        separator does.
    width
        Cells of the header.
    """

    starts: bool
    agreeing: int
    width: int

    @property
    def rank(self) -> tuple[int, bool, int]:
        return self.agreeing, self.starts, self.width


def separator_of(lines: Iterable[str], file: str, said: str | None = None) -> str:
    """Return the separator on which the header and the rows below it agree.

    Parameters
    ----------
    lines
        The first lines of the file.
    file
        The file as the user wrote it, for messages.
    said
        The separator that the source says, which is taken if any row has it.

    Raises
    ------
    DataError
        If two separators suit equally well, or another one than that said.
    """
    lines = list(lines)
    fits = {
        sign: _fit(lines, sign) for sign in dict.fromkeys((*_SEPARATORS, said)) if sign
    }
    best, second = sorted(fits, key=lambda sign: fits[sign].rank, reverse=True)[:2]
    if said is not None:
        if fits[said].width < 2 <= fits[best].width:
            message = f"no column has it; {shown(best)} makes {fits[best].width}"
            raise DataError([Issue(file, f"`separator`: {message}", value=said)])
        return said
    if fits[best].width < 2:
        return COMMA
    if fits[best].rank == fits[second].rank:
        message = (
            f"{shown(best)} and {shown(second)} both make {fits[best].width} columns; "
            f"say which one it is: `separator: '{best}'`"
        )
        raise DataError([Issue(file, message)])
    return best


def declared_separator(lines: Sequence[str]) -> str | None:
    """Return the separator that a first line ``sep=;`` says, as Excel writes it."""
    match = _DECLARED.fullmatch(lines[0]) if lines else None
    return match[1] if match else None


def shown(separator: str) -> str:
    """Return the separator as a message shows it."""
    return TAB if separator == "\t" else repr(separator)


def _fit(lines: list[str], separator: str) -> _Fit:
    rows = list(islice(_rows(lines, separator), _ROWS))
    widths = [len(cells) for cells in rows]
    agreeing = Counter(len(cells) for cells in rows if not any('"' in c for c in cells))
    first = widths[0] if widths else 1
    if first > 1:
        return _Fit(True, agreeing[first], first)
    width = max(widths, key=widths.count, default=1)
    if width < _TITLED or widths.count(width) < 2:
        return _Fit(False, 0, 1)
    return _Fit(False, agreeing[width], width)


def _rows(lines: list[str], separator: str) -> Iterator[list[str]]:
    """Yield the rows with text, up to the first damaged one."""
    try:
        for cells in csv.reader(lines, delimiter=separator):
            if any(cell.strip() for cell in cells):
                yield cells
    except csv.Error:
        return
