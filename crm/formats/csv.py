"""Text files of separated cells: the quick way where it is sure, else strictly."""

from pathlib import Path
from typing import BinaryIO

from crm.formats.appearance import as_it_looks
from crm.formats.quick_csv import quick_table
from crm.formats.separator import declared_separator, separator_of
from crm.formats.strict_csv import strict_table
from crm.formats.utf8 import utf8_stream
from crm.layout import Layout
from crm.table import Table

_HEAD_LINES = 200
_HEAD_BYTES = 2**18


def read_csv(path: Path, file: str, layout: Layout) -> Table:
    """Return the rows of a text file as text cells; blank rows are skipped.

    UTF-8 with or without a byte order mark, UTF-16 with one, other encodings where
    the source says them. The separator is the one that the first rows agree on.

    Raises
    ------
    DataError
        If the file is not such text, or with every row that has more or fewer
        cells than the header.
    """
    with utf8_stream(path, file, layout.encoding) as stream:
        start = stream.tell()
        lines = _first_lines(stream)
        if declared := declared_separator(lines):
            lines, layout = lines[1:], _below_declaration(layout, declared)
        separator = separator_of(lines, file, layout.separator)
        stream.seek(start)
        table = quick_table(stream, file, separator, layout)
        if table is None:
            stream.seek(start)
            table = as_it_looks(strict_table(stream, file, separator, layout))
        return table


def _below_declaration(layout: Layout, separator: str) -> Layout:
    """Return the layout of a file whose first line is no row, but its separator."""
    said = {"separator": layout.separator or separator}
    return layout.model_copy(update=said | {"header_row": layout.header_row or 2})


def _first_lines(stream: BinaryIO) -> list[str]:
    """Return the first lines, the last one only where it is whole."""
    head = stream.read(_HEAD_BYTES)
    lines = head.splitlines(keepends=True)
    if len(head) == _HEAD_BYTES:
        del lines[-1]
    return [line.decode(errors="surrogateescape") for line in lines[:_HEAD_LINES]]
