"""Separated text read by pandas, where that is sure to give the strict reader's cells.

Every block of bytes is looked at first: where all quotes stand at the ends of cells and
all rows are as wide as the header, there is one way only to read them.
"""

import csv
from collections.abc import Iterator
from io import BytesIO
from typing import BinaryIO

import numpy as np
import pandas as pd
from pandas.errors import EmptyDataError

from crm.formats.appearance import as_it_looks
from crm.formats.header import OPENING, Header, header_of, named_columns
from crm.formats.row_ends import MARK, Rows, UnsureError, regular_rows
from crm.formats.strict_csv import Records
from crm.issues import DataError
from crm.layout import Layout
from crm.table import Table, text_frame

BLOCK = 2**20
"""Bytes read at once."""
_LONGEST = 2**23
"""Bytes of a row that is still looked for the end of."""
_HEAD = 2**18
_FEW = 0.5
"""Share of distinct texts in a block up to which equal ones share memory."""


def quick_table(
    stream: BinaryIO, file: str, separator: str, layout: Layout
) -> Table | None:
    """Return the table of UTF-8 text; ``None`` where only the strict reader is sure.

    Parameters
    ----------
    stream
        The text, from its first row on.
    file
        The file as the user wrote it, for messages.
    separator
        Between cells.
    layout
        Where the header is; a file with a footer is left to the strict reader.
    """
    if layout.skip_footer:
        return None
    start = stream.tell()
    try:
        header, length = _header(stream.read(_HEAD), file, separator, layout.header_row)
        stream.seek(start + length)
        return _below(stream, file, separator, header)
    except (UnsureError, DataError, csv.Error, UnicodeDecodeError, EmptyDataError):
        return None


def _header(
    head: bytes, file: str, separator: str, said: int | None
) -> tuple[Header, int]:
    """Return the header, and the number of bytes up to its end."""
    if MARK in head:
        raise UnsureError
    lines = head.splitlines(keepends=True)
    if len(head) == _HEAD:
        del lines[-1]
    records = Records(map(bytes.decode, lines), separator)
    opening, ends = [], {}
    for row, cells in records.opening(said):
        opening.append((row, cells))
        ends[row] = records.line
    if len(head) == _HEAD and said is None and len(opening) < OPENING:
        raise UnsureError
    header = header_of(file, opening, said)
    return header, sum(map(len, lines[: ends[header.row]]))


def _below(stream: BinaryIO, file: str, separator: str, header: Header) -> Table:
    columns: list[list[np.ndarray]] = [[] for _ in header.cells]
    shared: list[dict[str, str] | None] = [{} for _ in columns]
    rows = []
    n_rows = header.row
    is_plain = True
    for block in _blocks(stream, separator, len(columns)):
        cells = _cells(block, separator, len(columns))
        filled = ~_blank(cells, block.maybe_blank)
        rows.append(n_rows + block.numbers[filled])
        n_rows += block.n_rows
        is_plain &= block.is_plain
        for place, texts in enumerate(cells):
            chosen = texts if filled.all() else texts[filled]
            columns[place].append(_sharing(chosen, shared, place))
    full = [_any_text(parts) for parts in columns]
    places, names, notes = named_columns(file, header, full)
    joined = (_joined(columns, place) for place in places)
    numbers = np.concatenate(rows or [np.empty(0)]).astype(np.int64)
    table = Table(file, text_frame(names, joined), numbers, notes=notes)
    return table if is_plain else as_it_looks(table)


_NONE = np.empty(0, dtype=object)


def _blocks(stream: BinaryIO, separator: str, width: int) -> Iterator[Rows]:
    """Yield whole rows, block by block."""
    rest = b""
    while chunk := stream.read(BLOCK):
        rows = regular_rows(rest + chunk, separator, width)
        rest = rows.rest
        if len(rest) > _LONGEST:
            raise UnsureError
        yield rows
    if rest:
        rows = regular_rows(rest + b"\n", separator, width)
        if rows.rest:
            raise UnsureError
        yield rows


def _cells(rows: Rows, separator: str, width: int) -> list[np.ndarray]:
    """Return the cells of each column, as they are written."""
    if not len(rows.numbers):
        return [_NONE] * width
    frame = pd.read_csv(
        BytesIO(rows.text),
        sep=separator,
        header=None,
        index_col=False,
        dtype=object,
        na_filter=False,
        skip_blank_lines=False,
        engine="c",
        low_memory=False,
        encoding="utf-8",
    )
    if frame.shape != (len(rows.numbers), width):
        raise UnsureError
    return [frame[place].to_numpy() for place in range(width)]


def _blank(cells: list[np.ndarray], maybe_blank: np.ndarray) -> np.ndarray:
    """Tell for each row whether it has no text, shape (n_rows,) bool."""
    blank = maybe_blank.copy()
    for place in np.flatnonzero(maybe_blank):
        blank[place] = not any(texts[place].strip() for texts in cells)
    return blank


def _sharing(
    texts: np.ndarray, shared: list[dict[str, str] | None], place: int
) -> np.ndarray:
    """Return the texts, equal ones of a column with few sharing memory."""
    known = shared[place]
    if known is None:
        return texts
    codes, distinct = pd.factorize(texts)
    if len(distinct) > _FEW * len(texts):
        shared[place] = None
        return texts
    same = [known.setdefault(text, text) for text in distinct]
    return np.array(same, dtype=object)[codes]


def _joined(columns: list[list[np.ndarray]], place: int) -> np.ndarray:
    """Return a column as one array, and let its parts go."""
    parts = columns[place]
    columns[place] = []
    return np.concatenate(parts or [_NONE])


def _any_text(parts: list[np.ndarray]) -> bool:
    return any(text.strip() for part in parts for text in part)
