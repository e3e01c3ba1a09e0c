"""The header of a table: its row, below a title where there is one, and its names."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from crm.characters import cleaned
from crm.issues import DataError, Issue, listed, shorten
from crm.table import column_names

OPENING = 50
"""Rows with text among which the header is looked for."""
_TITLED = 3
"""Cells in a row from which those above it with fewer than half may be a title."""
_NAMED = 3

NumberedRow = tuple[int, Sequence[str]]
"""A row's number in the file, the first being 1, and its cells."""


@dataclass(frozen=True)
class Header:
    """The row of the column names, and the cells there."""

    row: int
    cells: Sequence[str]


def header_of(file: str, rows: Sequence[NumberedRow], said: int | None) -> Header:
    """Return the header among the first rows with text.

    Parameters
    ----------
    file
        The file as the user wrote it, for messages.
    rows
        The first rows with text; of a said header, those up to there.
    said
        The row that the source says, ``None`` for the first.

    Raises
    ------
    DataError
        If there is no text in that row, or the first row looks like a title.
    """
    if said is not None:
        for row, cells in rows:
            if row == said:
                return Header(row, cells)
        message = "`header_row`: there is no text in this row"
        raise DataError([Issue(file, message, said)])
    if not rows:
        raise DataError([Issue(file, "expected a header row, found none")])
    row, cells = rows[0]
    widest = _usual_width(rows)
    if widest >= _TITLED and 2 * _filled(cells) < widest:
        raise DataError([_title(file, rows, widest)])
    return Header(row, cells)


def _title(file: str, rows: Sequence[NumberedRow], widest: int) -> Issue:
    first, cells = rows[0]
    title = next(filter(None, (cell.strip() for cell in cells)))
    wide = ((row, cells) for row, cells in rows if 2 * _filled(cells) > widest)
    row, names = next(wide)
    shown = listed([shorten(name.strip(), 30) for name in names if name.strip()], 3)
    message = (
        f"looks like a title above the table; row {row} looks like the "
        f"header ({shown}): `header_row: {row}`; if this one is the header: "
        f"`header_row: {first}`"
    )
    keys = {"header_row": row}
    return Issue(file, message, first, value=title, mended_by=keys)


def _usual_width(rows: Sequence[NumberedRow]) -> int:
    """Return the most filled cells that more than one row has, where any does."""
    counts = Counter(_filled(cells) for _, cells in rows)
    repeated = [width for width, n_rows in counts.items() if n_rows > 1]
    return max(repeated or counts)


def _filled(cells: Sequence[str]) -> int:
    return sum(bool(cell.strip()) for cell in cells)


def named_columns(
    file: str, header: Header, filled: Sequence[bool]
) -> tuple[list[int], list[str], tuple[Issue, ...]]:
    """Return the places and the names of the columns, and notes on names we gave.

    Columns that have neither a name nor a cell with text are left out; those with
    text are called ``column 3``, the file's first column being 1. Columns that share a
    name are told apart by it: ``Email (column 3)``.

    Parameters
    ----------
    file
        The file as the user wrote it, for messages.
    header
        Its header.
    filled
        Whether each column has a cell with text below the header.

    Raises
    ------
    DataError
        If a name holds NUL.
    """
    named = list(enumerate(zip(header.cells, filled, strict=True)))
    kept = [place for place, (name, full) in named if full or _is_name(name)]
    unnamed = [place for place in kept if not _is_name(header.cells[place])]
    cells = [
        _called(place) if place in unnamed else header.cells[place] for place in kept
    ]
    shared = _shared(cells)
    for at in shared:
        cells[at] = f"{cleaned(cells[at])} ({_called(kept[at])})"
    names = column_names(file, cells, header.row)
    notes = *_unnamed(file, header, unnamed), *_told_apart(file, header, kept, shared)
    return kept, names, notes


def _shared(cells: Sequence[str]) -> list[int]:
    """Return the places of names that several columns have."""
    looks = [cleaned(cell) for cell in cells]
    counts = Counter(looks)
    return [
        at
        for at, (cell, look) in enumerate(zip(cells, looks, strict=True))
        if counts[look] > 1 and "\0" not in cell
    ]


def _is_name(cell: str) -> bool:
    return "\0" in cell or bool(cleaned(cell))


def _called(place: int) -> str:
    return f"column {place + 1}"


def _told_apart(
    file: str, header: Header, kept: Sequence[int], shared: Sequence[int]
) -> Iterator[Issue]:
    by_name: dict[str, list[str]] = {}
    for at in shared:
        name = cleaned(header.cells[kept[at]])
        by_name.setdefault(name, []).append(f"{name} ({_called(kept[at])})")
    for name, called in by_name.items():
        message = (
            f"{len(called)} columns have this name: called {listed(called, _NAMED)}; "
            "name the right one under `columns`"
        )
        yield Issue(file, message, header.row, value=name, severity="warning")


def _unnamed(file: str, header: Header, places: Sequence[int]) -> Iterator[Issue]:
    if places:
        names = listed([_called(place) for place in places], _NAMED)
        message = (
            f"no name in the header for a column with text: called {names}; leave it "
            "out by `drop`"
        )
        yield Issue(file, message, header.row, severity="warning")
