"""What a workbook unpacks to, measured a piece at a time before it is read.

The library that reads sheets makes room for every cell up to the farthest one, and
keeps all shared texts: neither may be more than memory holds.
"""

import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from lzma import LZMAError
from pathlib import Path
from typing import IO
from zipfile import BadZipFile, ZipFile

MOST_BYTES = 2**30
"""Of all parts together, unpacked."""
PACKED_BYTES = 100 * 2**20
"""Unpacked bytes from which a workbook may not be packed tighter than `TIGHTEST`."""
TIGHTEST = 50
"""Unpacked bytes to a packed one; what spreadsheets write has 5 to 20."""
TEXT_BYTES = 200 * 2**20
"""Of any part that is no sheet, such as the shared texts."""
LONGEST = 2**19
"""Bytes between two tags; a cell has at most 32,767 characters."""
MOST_CELLS = 100_000_000
SPARSE_CELLS = 5_000_000
"""Cells from which at least one in `FILLED` must be there."""
FILLED = 10
MOST_PARTS = 10_000
LAST_ROW, LAST_COLUMN = 2**20, 2**14
DAMAGES = (
    *(BadZipFile, zlib.error, LZMAError, EOFError, NotImplementedError),
    *(RuntimeError, UnicodeDecodeError, ValueError, OverflowError),
)
"""What a damaged, encrypted or forged zip file raises."""
_BLOCK = 2**20
_SPACE = b"\xef\xbb\xbf \t\r\n"
_PLACED = re.compile(
    rb"<(?:[\w.-]+:)?(c|row)(?=\s)[^<]*?\sr\s*=\s*[\"']([A-Za-z]*)([0-9]*)([^\"'<]*)"
)
_CELL = re.compile(rb"<(?:[\w.-]+:)?c[\s/>]")
_ROW = re.compile(rb"<(?:[\w.-]+:)?row[\s/>]")


class UnreadableWorkbookError(ValueError):
    """The workbook cannot be read within bounds; says why, and what to do."""


def check_workbook(path: Path) -> None:
    """Raise where the workbook is damaged, or unpacks to more than memory holds.

    Raises
    ------
    UnreadableWorkbookError
        With the part and the figure that is too large.
    """
    try:
        with ZipFile(path) as book:
            _check_parts(book)
    except UnreadableWorkbookError:
        raise
    except DAMAGES as problem:
        text = str(problem) or type(problem).__name__
        raise UnreadableWorkbookError(
            f"not a readable .xlsx file ({text}); save it again from Excel"
        ) from None


def _check_parts(book: ZipFile) -> None:
    parts = book.infolist()
    if len(parts) > MOST_PARTS:
        raise _too_large(f"has {len(parts):,} parts", f"{MOST_PARTS:,}")
    unpacked, packed = 0, 1
    for part in parts:
        extent = _Extent()
        packed += part.compress_size
        with book.open(part) as stream:
            for block in _blocks(stream):
                unpacked += len(block)
                _check_bytes(unpacked, packed)
                extent.add(block)
        _check_extent(extent, part.filename)


def _blocks(stream: IO[bytes]) -> Iterator[bytes]:
    """Yield the bytes, parted before a tag; a picture is parted anywhere."""
    rest = stream.read(_BLOCK)
    is_text = rest.lstrip(_SPACE).startswith(b"<")
    while chunk := stream.read(_BLOCK):
        end = max(rest.rfind(b"<"), 0)
        if end == 0 and is_text and len(rest) > LONGEST:
            raise _too_large("has a vast text", f"{LONGEST:,} bytes between two tags")
        yield rest[:end] if is_text else rest
        rest = (rest[end:] if is_text else b"") + chunk
    yield rest


def _check_bytes(unpacked: int, packed: int) -> None:
    if unpacked > MOST_BYTES:
        raise _too_large(f"unpacks to {_megabytes(unpacked)} or more", "1,024 MB")
    if unpacked > max(PACKED_BYTES, packed * TIGHTEST):
        raise _too_large(
            f"unpacks to {unpacked // packed} times its size, {_megabytes(unpacked)} "
            "or more",
            f"{TIGHTEST} times",
        )


@dataclass
class _Extent:
    """How far the cells of a part reach, as far as it was looked at."""

    size: int = 0
    cells: int = 0
    row: int = 0
    column: int = 0
    rows_without_place: int = 0
    cells_without_place: int = 0
    widest: int = 0

    def add(self, block: bytes) -> None:
        """Look at the next tags and texts."""
        self.size += len(block)
        rows = set()
        columns = set()
        n_rows = n_cells = 0
        for tag, letters, digits, rest in _PLACED.findall(block):
            if rest or not digits:
                raise _no_place(letters + digits + rest)
            if len(letters) > 3 or len(digits) > 7:
                raise _no_place(letters + digits)
            rows.add(digits)
            n_rows += tag == b"row"
            n_cells += tag == b"c"
            columns.add(letters)
        self._reach(rows, columns)
        all_cells = len(_CELL.findall(block))
        self.cells += all_cells
        self.rows_without_place += len(_ROW.findall(block)) - n_rows
        if all_cells > n_cells:
            self._widen(block)

    def _reach(self, rows: set[bytes], columns: set[bytes]) -> None:
        self.row = max([self.row, *map(int, rows)])
        self.column = max([self.column, *map(_column_number, columns)])
        if self.row > LAST_ROW or self.column > LAST_COLUMN:
            raise _no_place(b"row %d, column %d" % (self.row, self.column))

    def _widen(self, block: bytes) -> None:
        """Count the cells of each row, where cells do not say where they are."""
        first, *later = (len(_CELL.findall(row)) for row in _ROW.split(block))
        self.cells_without_place += first
        self.widest = max([self.widest, self.cells_without_place, *later])
        if later:
            self.cells_without_place = later[-1]

    @property
    def last(self) -> tuple[int, int]:
        """The farthest row and column that a cell may have."""
        return self.row + max(self.rows_without_place, 0), self.column + self.widest


def _check_extent(extent: _Extent, name: str) -> None:
    row, column = extent.last
    area = row * column
    if area > MOST_CELLS or area > max(SPARSE_CELLS, FILLED * extent.cells):
        raise UnreadableWorkbookError(
            f"a sheet reaches to row {row:,} and column {column:,}, with "
            f"{extent.cells:,} cells; delete the cells far from the table, or save it "
            "as 'CSV UTF-8'"
        )
    if not row and extent.size > TEXT_BYTES:
        raise _too_large(
            f"has {_megabytes(extent.size)} in {name}", _megabytes(TEXT_BYTES)
        )


def _column_number(letters: bytes) -> int:
    """Return 1 for A, 27 for AA."""
    number = 0
    for letter in letters.upper():
        number = 26 * number + letter - ord("A") + 1
    return number


def _no_place(reference: bytes) -> UnreadableWorkbookError:
    shown = reference[:40].decode("ascii", "backslashreplace")
    return UnreadableWorkbookError(
        f"a cell or row has the place {shown!r}, which no sheet has (A1 to "
        "XFD1048576); save the file again from Excel"
    )


def _too_large(figure: str, most: str) -> UnreadableWorkbookError:
    return UnreadableWorkbookError(
        f"the workbook {figure}; at most {most} can be read; save it as 'CSV UTF-8'"
    )


def _megabytes(size: int) -> str:
    return f"{size // 2**20:,} MB"
