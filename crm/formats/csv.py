"""Text files of separated cells: the quick way where it is sure, else strictly."""

from pathlib import Path
from typing import BinaryIO

from crm.formats.quick_csv import quick_table
from crm.formats.separator import separator_of
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
        separator = separator_of(_first_lines(stream), file, layout.separator)
        stream.seek(start)
        table = quick_table(stream, file, separator, layout)
        if table is None:
            stream.seek(start)
            table = strict_table(stream, file, separator, layout)
        return table


def _first_lines(stream: BinaryIO) -> list[str]:
    """Return the first lines, the last one only where it is whole."""
    head = stream.read(_HEAD_BYTES)
    lines = head.splitlines(keepends=True)
    if len(head) == _HEAD_BYTES:
        del lines[-1]
    return [line.decode(errors="surrogateescape") for line in lines[:_HEAD_LINES]]
