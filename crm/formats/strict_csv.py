"""Separated text read strictly: a damaged file is refused as a whole."""

import csv
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import BinaryIO

import numpy as np

from crm.file_form import FileForm
from crm.formats.footer import footer_issue, is_of_totals
from crm.formats.header import OPENING, Header, NumberedRow, header_of, named_columns
from crm.formats.text_lines import BadLineError, text_lines
from crm.issues import DataError, Issue, issues_at
from crm.layout import Layout
from crm.table import Table, text_frame

_BLOCK = 2**15


def strict_table(stream: BinaryIO, file: str, separator: str, layout: Layout) -> Table:
    """Return the rows of UTF-8 text as text cells, each row as wide as the header.

    Raises
    ------
    DataError
        With the row that is no such text, or with every row that has more or fewer
        cells than the header.
    """
    return _Reading(file, text_lines(stream), separator, layout).table()


@dataclass
class _Reading:
    """One pass over a file, a block of rows at a time."""

    file: str
    lines: Iterator[str]
    separator: str
    layout: Layout
    records: "Records" = field(init=False)
    header: Header = field(default=Header(0, ()))
    columns: list[list[str]] = field(default_factory=list)
    rows: list[int] = field(default_factory=list)
    ragged: list[tuple[int, int, str]] = field(default_factory=list)

    def table(self) -> Table:
        self.records = Records(self.lines, self.separator)
        try:
            self._read()
        except (csv.Error, BadLineError) as problem:
            row = self.records.row + 1
            mends = problem.mended_by if isinstance(problem, BadLineError) else {}
            expected = Issue(self.file, _explained(str(problem)), row, mended_by=mends)
            raise DataError([*self._ragged_issues(), expected]) from None
        if self.ragged:
            raise DataError(self._ragged_issues())
        full = [any(map(str.strip, cells)) for cells in self.columns]
        places, names, notes = named_columns(self.file, self.header, full)
        frame = text_frame(names, [self.columns[place] for place in places])
        rows = np.array(self.rows, dtype=np.int64)
        form = FileForm(header_row=self.header.row)
        return Table(self.file, frame, rows, notes=notes, form=form)

    def _read(self) -> None:
        said = self.layout.header_row
        opening = list(self.records.opening(said))
        self.header = header_of(self.file, opening, said)
        self.columns = [[] for _ in self.header.cells]
        below = [numbered for numbered in opening if numbered[0] > self.header.row]
        block: list[Sequence[str]] = []
        for row, cells in self._squared(chain(below, self.records)):
            self.rows.append(row)
            block.append(cells)
            if len(block) == _BLOCK:
                self._store(block)
                block = []
        self._store(block)

    def _squared(self, rows: Iterable[NumberedRow]) -> Iterator[NumberedRow]:
        """Yield rows as wide as the header; a footer may be narrower, it goes later."""
        width = len(self.header.cells)
        footer: deque[NumberedRow] = deque(maxlen=self.layout.skip_footer or 0)
        for row, cells in _held_back(rows, footer):
            if len(cells) == width:
                yield row, cells
            else:
                self.ragged.append((row, len(cells), cells[0]))
        for row, cells in footer:
            yield row, [*cells, *[""] * width][:width]

    def _store(self, block: list[Sequence[str]]) -> None:
        """Append the rows, with equal texts of a column sharing memory."""
        for column, cells in zip(self.columns, zip(*block, strict=True), strict=False):
            stripped = {cell: cell.strip() for cell in set(cells)}
            column.extend(map(stripped.__getitem__, cells))

    def _ragged_issues(self) -> list[Issue]:
        width = len(self.header.cells)
        footer = self._footer()
        ragged = self.ragged[: len(self.ragged) - len(footer)]
        short = [(row, n) for row, n, _ in ragged if n < width]
        long = [(row, n) for row, n, _ in ragged if n > width]
        issues = [
            *self._counted(short, f"expected {width}; is the file cut off?"),
            *self._counted(long, f"expected {width}; is a separator not quoted?"),
        ]
        if footer:
            texts = [text for _, _, text in footer]
            issues.append(footer_issue(self.file, footer[0][0], texts))
        return issues

    def _footer(self) -> list[tuple[int, int, str]]:
        """Return the last rows where all of them are of one cell, or of totals."""
        last = self.rows[-1] if self.rows else self.records.row
        end = [ragged for ragged in self.ragged if ragged[0] > last]
        is_footer = all(n == 1 or is_of_totals(text) for _, n, text in end)
        return end if is_footer else []

    def _counted(self, ragged: list[tuple[int, int]], expected: str) -> list[Issue]:
        rows = [row for row, _ in ragged]
        counts = [f"{n} cells" for _, n in ragged]
        return issues_at(self.file, expected, rows, counts)


def _held_back(
    rows: Iterable[NumberedRow], last: deque[NumberedRow]
) -> Iterator[NumberedRow]:
    """Yield all rows but as many at the end as fit into `last`, where they are."""
    for numbered in rows:
        if len(last) == last.maxlen:
            if not last.maxlen:
                yield numbered
                continue
            yield last.popleft()
        last.append(numbered)


class Records:
    """The rows with text, numbered as in the file; the first one is row 1.

    Parameters
    ----------
    lines
        The lines of the file.
    separator
        Between cells.

    Attributes
    ----------
    row
        The row that was read last.
    """

    def __init__(self, lines: Iterable[str], separator: str) -> None:
        self.row = 0
        self._reader = csv.reader(lines, delimiter=separator, strict=True)

    @property
    def line(self) -> int:
        """The number of lines read."""
        return self._reader.line_num

    def __iter__(self) -> Iterator[tuple[int, list[str]]]:
        for cells in self._reader:
            self.row += 1
            if any(cells) and any(map(str.strip, cells)):
                yield self.row, cells

    def opening(self, header_row: int | None) -> Iterator[NumberedRow]:
        """Yield the rows up to that of the header, or those that tell which it is."""
        for n_rows, numbered in enumerate(self, start=1):
            yield numbered
            if n_rows == OPENING if header_row is None else numbered[0] >= header_row:
                break


def _explained(problem: str) -> str:
    if "field larger" in problem:
        limit = f"a cell has more than {csv.field_size_limit():,} characters"
        return f'a quote (") is opened here and never closed, or {limit}'
    if "unexpected end" in problem:
        return 'a quote (") is opened here and never closed'
    if "expected after" in problem:
        return 'text after a closing quote; write a quote inside quotes as ""'
    return problem
