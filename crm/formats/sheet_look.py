"""What a sheet shows beside its values: hidden rows, errors, zeros before numbers.

The library that reads sheets tells values only, so a sheet's own text is looked
through, a piece at a time.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO
from zipfile import ZipFile

import numpy as np

from crm.formats.number_formats import PaddedFormat, padded_styles
from crm.formats.workbook_parts import sheet_part, was_calculated
from crm.issues import Issue, listed

_BLOCK = 2**20
_TAIL = 2**16
"""Bytes at the end of a block among which the last cell begins."""
_NAMED = 3
_PREFIX = rb"<(?:[\w.-]+:)?"
_CELL_OR_ROW = re.compile(_PREFIX + rb"(?:c|row)[\s>]")
_ROW = re.compile(_PREFIX + rb"row\s([^<>]*)>")
_COLUMN = re.compile(_PREFIX + rb"col\s([^<>]*)>")
_CELL = re.compile(_PREFIX + rb"c\s([^<>]*?)(/?)>")
_ATTRIBUTE = re.compile(rb"([\w:.-]{1,40})\s{0,3}=\s{0,3}[\"']([^\"']*)[\"']")
_VALUE = re.compile(_PREFIX + rb"v(?:\s[^<>]*)?>\s*([^<\s][^<]*)<")
_FORMULA = re.compile(_PREFIX + rb"f[\s/>]")
_PLACE = re.compile(rb"([A-Za-z]{1,3})([0-9]{1,7})")
_TRUE = (b"1", b"true")
Attributes = Mapping[bytes, bytes]


@dataclass
class SheetLook:
    """What a sheet shows.

    Attributes
    ----------
    padded
        Row -> (place of a column, format that shows zeros before its number).
    hidden_rows
        The numbers of hidden rows.
    hidden_columns
        The places of hidden columns, the first being 0.
    errors
        Place of a column -> row -> the error that the cell holds.
    uncalculated
        Place of a column -> rows of formulas that no program has calculated.
    """

    padded: dict[int, list[tuple[int, PaddedFormat]]] = field(default_factory=dict)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    errors: dict[int, dict[int, str]] = field(default_factory=dict)
    uncalculated: dict[int, list[int]] = field(default_factory=dict)

    def notes(
        self, file: str, named: Mapping[int, str], rows: np.ndarray
    ) -> Iterator[Issue]:
        """Yield a warning for what is hidden, and for each column with empty errors.

        Parameters
        ----------
        file
            The file as the user wrote it.
        named
            Place of a column -> its name.
        rows
            The rows that are read.
        """
        hidden = [row for row in rows.tolist() if row in self.hidden_rows]
        if hidden:
            message = (
                f"hidden rows, by a filter perhaps, are read like the others (rows: "
                f"{len(hidden)})"
            )
            yield Issue(file, message, hidden[0], severity="warning")
        names = [name for place, name in named.items() if place in self.hidden_columns]
        if names:
            message = (
                f"hidden columns are read like the others: {listed(names, _NAMED)}"
            )
            yield Issue(file, message, severity="warning")
        read = set(rows.tolist())
        for place, name in named.items():
            yield from self._empty(file, place, name, read)

    def _empty(
        self, file: str, place: int, name: str, read: set[int]
    ) -> Iterator[Issue]:
        errors = {r: e for r, e in self.errors.get(place, {}).items() if r in read}
        if errors:
            kinds = listed(list(dict.fromkeys(errors.values())), _NAMED)
            message = f"errors ({kinds}) are read as empty (rows: {len(errors)})"
            yield Issue(file, message, min(errors), name, severity="warning")
        waiting = [row for row in self.uncalculated.get(place, ()) if row in read]
        if waiting:
            message = (
                "formulas that no spreadsheet program has calculated are read as the "
                f"file has them, empty or 0 (rows: {len(waiting)}); open the file in "
                "Excel and save it"
            )
            yield Issue(file, message, waiting[0], name, severity="warning")


def sheet_look(path: Path, name: str) -> SheetLook | None:
    """Return what a sheet of an .xlsx file shows; ``None`` where it is not found."""
    look = SheetLook()
    with ZipFile(path) as book:
        part = sheet_part(book, name)
        if part is None:
            return None
        styles = padded_styles(book)
        is_calculated = was_calculated(book)
        with book.open(part) as stream:
            for block in _blocks(stream):
                _look_through(look, block, styles, is_calculated)
    return look


def _blocks(stream: IO[bytes]) -> Iterator[bytes]:
    """Yield the bytes, parted before a cell or a row."""
    rest = b""
    while chunk := stream.read(_BLOCK):
        rest += chunk
        tail = max(len(rest) - _TAIL, 0)
        starts = [match.start() for match in _CELL_OR_ROW.finditer(rest, tail)]
        end = starts[-1] if starts else max(rest.rfind(b"<"), 0)
        yield rest[:end]
        rest = rest[end:]
    yield rest


def _look_through(
    look: SheetLook,
    block: bytes,
    styles: Mapping[bytes, PaddedFormat],
    is_calculated: bool,
) -> None:
    if b"hidden" in block:
        _find_hidden(look, block)
    has_errors = re.search(rb"\st\s*=\s*[\"']e[\"']", block)
    if styles or has_errors or _FORMULA.search(block):
        _find_cells(look, block, styles, is_calculated)


def _find_hidden(look: SheetLook, block: bytes) -> None:
    for match in _ROW.finditer(block):
        said = dict(_ATTRIBUTE.findall(match[1]))
        if said.get(b"hidden") in _TRUE and said.get(b"r", b"").isdigit():
            look.hidden_rows.add(int(said[b"r"]))
    for match in _COLUMN.finditer(block):
        said = dict(_ATTRIBUTE.findall(match[1]))
        first, last = said.get(b"min", b""), said.get(b"max", b"")
        if said.get(b"hidden") in _TRUE and first.isdigit() and last.isdigit():
            look.hidden_columns.update(range(int(first) - 1, min(int(last), 2**14)))


def _find_cells(
    look: SheetLook,
    block: bytes,
    styles: Mapping[bytes, PaddedFormat],
    is_calculated: bool,
) -> None:
    matches = list(_CELL.finditer(block))
    ends = [match.start() for match in matches[1:]] + [len(block)]
    for match, end in zip(matches, ends, strict=True):
        said = dict(_ATTRIBUTE.findall(match[1]))
        place = _PLACE.fullmatch(said.get(b"r", b""))
        if not place:
            continue
        column, row = _column(place[1]), int(place[2])
        kind = said.get(b"t", b"n")
        if kind == b"n" and said.get(b"s", b"") in styles:
            padded = styles[said[b"s"]]
            look.padded.setdefault(row, []).append((column, padded))
        if match[2]:
            continue
        inside = block[match.end() : end]
        value = _VALUE.search(inside)
        if kind == b"e" and value:
            error = value[1].decode("utf-8", "replace").strip()
            look.errors.setdefault(column, {})[row] = error
        has_value = is_calculated and (value or kind == b"str")
        if not has_value and _FORMULA.search(inside):
            look.uncalculated.setdefault(column, []).append(row)


def _column(letters: bytes) -> int:
    """Return 0 for A, 26 for AA."""
    number = 0
    for letter in letters.upper():
        number = 26 * number + letter - ord("A") + 1
    return number - 1
