"""CSV files, read strictly: a damaged file is refused as a whole."""

import csv
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from typing import TextIO

import numpy as np

from crm.issues import DataError, Issue, issues_at
from crm.table import Table, column_names, text_frame

_LINE_LIMIT = 2**20
_BLOCK = 2**15
_QUOTED = re.compile(r'"[^"]*"?')
_UNDECODED = re.compile("[\udc80-\udcff]")
_QUOTED_MARK = '\ufeff"'
_SAVE_AS = "save it as 'CSV UTF-8'"
_SIGNATURES = {
    b"PK\x03\x04": "is an Excel file or another zip; name it .xlsx or save it as CSV",
    b"\xd0\xcf\x11\xe0": f"is an old Excel file; {_SAVE_AS}",
    b"\xff\xfe": f"is UTF-16 text; {_SAVE_AS}",
    b"\xfe\xff": f"is UTF-16 text; {_SAVE_AS}",
    b"PAR1": "is a Parquet file; name it .parquet",
    b"\x1f\x8b": "is compressed; unpack it first",
    b"%PDF": "is a PDF; expected CSV",
}


def read_csv(path: Path, file: str) -> Table:
    """Return the rows of a CSV file as text cells.

    UTF-8 with or without a byte order mark; ``,`` or ``;`` between cells,
    whichever the header has more of; blank rows are skipped.

    Raises
    ------
    DataError
        If the file is not such text, or with every row that has more or fewer
        cells than the header.
    """
    _refuse_other_formats(path, file)
    with path.open(encoding="utf-8-sig", errors="surrogateescape", newline="") as text:
        return _Reading(file, text).table()


def _refuse_other_formats(path: Path, file: str) -> None:
    with path.open("rb") as binary:
        head = binary.read(8)
    if not head:
        raise DataError([Issue(file, "the file is empty; expected a header row")])
    for signature, problem in _SIGNATURES.items():
        if head.startswith(signature):
            raise DataError([Issue(file, f"the file {problem}")])


class _BadLineError(Exception):
    pass


@dataclass
class _Reading:
    """One pass over a file, a block of rows at a time."""

    file: str
    text: TextIO
    row: int = 0
    names: list[str] = field(default_factory=list)
    columns: list[list[str]] = field(default_factory=list)
    rows: list[int] = field(default_factory=list)
    ragged: list[tuple[int, int]] = field(default_factory=list)

    def table(self) -> Table:
        try:
            self._read()
        except (csv.Error, _BadLineError) as problem:
            expected = _explained(str(problem))
            raise DataError(
                [*self._ragged_issues(), Issue(self.file, expected, self.row + 1)]
            ) from None
        if self.ragged:
            raise DataError(self._ragged_issues())
        rows = np.array(self.rows, dtype=np.int64)
        return Table(self.file, text_frame(self.names, self.columns), rows)

    def _read(self) -> None:
        delimiter, lines = _delimiter(_lines(self.text))
        records = self._filled(csv.reader(lines, delimiter=delimiter, strict=True))
        self.names = self._header(records)
        self.columns = [[] for _ in self.names]
        block: list[list[str]] = []
        for cells in records:
            if len(cells) != len(self.names):
                self.ragged.append((self.row, len(cells)))
                continue
            self.rows.append(self.row)
            block.append(cells)
            if len(block) == _BLOCK:
                self._store(block)
                block = []
        self._store(block)

    def _header(self, records: Iterator[list[str]]) -> list[str]:
        cells = next(records, None)
        if cells is None:
            raise DataError([Issue(self.file, "expected a header row, found none")])
        if len(cells) == 1 and "\t" in cells[0]:
            tabs = f"the columns are separated by tabs; {_SAVE_AS}"
            raise DataError([Issue(self.file, tabs, self.row)])
        return column_names(self.file, cells, self.row)

    def _filled(self, records: Iterable[list[str]]) -> Iterator[list[str]]:
        for cells in records:
            self.row += 1
            if any(cells) and (len(cells) > 1 or cells[0].strip()):
                yield cells

    def _store(self, block: list[list[str]]) -> None:
        """Append the rows, with equal texts of a column sharing memory."""
        for column, cells in zip(self.columns, zip(*block, strict=True), strict=False):
            stripped = {cell: cell.strip() for cell in set(cells)}
            column.extend(map(stripped.__getitem__, cells))

    def _ragged_issues(self) -> list[Issue]:
        width = len(self.names)
        short = [(row, n) for row, n in self.ragged if n < width]
        long = [(row, n) for row, n in self.ragged if n > width]
        return [
            *self._counted(short, f"expected {width}; is the file cut off?"),
            *self._counted(long, f"expected {width}; is a separator not quoted?"),
        ]

    def _counted(self, ragged: list[tuple[int, int]], expected: str) -> list[Issue]:
        rows = [row for row, _ in ragged]
        counts = [f"{n} cells" for _, n in ragged]
        return issues_at(self.file, expected, rows, counts)


def _lines(text: TextIO) -> Iterator[str]:
    while line := text.readline(_LINE_LIMIT + 1):
        if line.startswith(_QUOTED_MARK):
            # Files that were joined have one inside, which would hide the quote.
            line = line[1:]
        if len(line) > _LINE_LIMIT:
            raise _BadLineError("a line is longer than 1 MiB; expected one row a line")
        if "\0" in line:
            raise _BadLineError(f"NUL byte; this is not UTF-8 text, {_SAVE_AS}")
        if not line.isascii() and (bad := _UNDECODED.search(line)):
            byte = ord(bad[0]) - 0xDC00
            raise _BadLineError(f"byte 0x{byte:02X} is not UTF-8; {_SAVE_AS}")
        yield line


def _delimiter(lines: Iterator[str]) -> tuple[str, Iterator[str]]:
    """Return the delimiter that the first line with text uses, and all lines."""
    opening = []
    header = ""
    for line in lines:
        opening.append(line)
        header = _QUOTED.sub("", line)
        if line.strip():
            break
    delimiter = ";" if header.count(";") > header.count(",") else ","
    return delimiter, chain(opening, lines)


def _explained(problem: str) -> str:
    if "field larger" in problem:
        limit = f"a cell has more than {csv.field_size_limit():,} characters"
        return f'a quote (") is opened here and never closed, or {limit}'
    if "unexpected end" in problem:
        return 'a quote (") is opened here and never closed'
    if "expected after" in problem:
        return 'text after a closing quote; write a quote inside quotes as ""'
    return problem
