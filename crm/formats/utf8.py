"""Text files as UTF-8: unpacked, and decoded where they say or the source says how."""

import codecs
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from gzip import BadGzipFile, GzipFile
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, BinaryIO, cast

from crm.formats.encodings import UTF8, decoded, refuse_other
from crm.issues import DataError, Issue

PACKED = ".gz"
MOST_BYTES = 2**30
"""That a packed file may unpack to."""
PACKED_BYTES = 100 * 2**20
"""Unpacked bytes from which a file may not be packed tighter than `TIGHTEST`."""
TIGHTEST = 50
"""Unpacked bytes to a packed one; tables have 3 to 20."""
MOST_DECODED = 2**28
"""Bytes of another encoding than UTF-8, which are decoded at once."""
_BLOCK = 2**20
_SIGNATURES = {
    b"PK\x03\x04": "is an Excel file or another zip; name it .xlsx or save it as CSV",
    b"\xd0\xcf\x11\xe0": "is an old Excel file; name it .xls or save it as 'CSV UTF-8'",
    b"PAR1": "is a Parquet file; name it .parquet",
    b"%PDF": "is a PDF; expected text",
    b"\x1f\x8b": "is compressed; name it .gz, or unpack it first",
}
_MARKS = {
    codecs.BOM_UTF8: UTF8,
    codecs.BOM_UTF16_LE: "utf-16-le",
    codecs.BOM_UTF16_BE: "utf-16-be",
}


@contextmanager
def utf8_stream(
    path: Path, file: str, encoding: str | None = None
) -> Iterator[BinaryIO]:
    """Yield the bytes of a text file as UTF-8, to be read from anywhere.

    A byte order mark tells UTF-16 and is no part of the text. Bytes that are no
    UTF-8 are left as they are.

    Parameters
    ----------
    path
        The file; one that ends in ``.gz`` is unpacked.
    file
        The file as the user wrote it, for messages.
    encoding
        How the text is encoded; ``None`` for UTF-8, or UTF-16 with its mark.

    Raises
    ------
    DataError
        If the file is empty, of another format, packed tighter than any table, or
        not of that encoding.
    """
    with path.open("rb") as stream:
        if path.suffix.lower() != PACKED:
            yield _as_utf8(stream, file, encoding)
            return
        with TemporaryFile() as unpacked:
            _unpack(stream, unpacked, file)
            yield _as_utf8(cast(BinaryIO, unpacked), file, encoding)


def _unpack(stream: BinaryIO, unpacked: IO[bytes], file: str) -> None:
    """Write what gzip packed to a file without a name, for it may be large."""
    try:
        with GzipFile(fileobj=stream) as unpacking:
            while block := unpacking.read(_BLOCK):
                unpacked.write(block)
                _refuse_bomb(file, unpacked.tell(), stream.tell())
    except (BadGzipFile, EOFError, zlib.error) as problem:
        damaged = f"not a readable .gz file ({problem})"
        raise DataError([Issue(file, damaged)]) from None
    unpacked.seek(0)


def _refuse_bomb(file: str, size: int, packed: int) -> None:
    if size > MOST_BYTES or size > max(PACKED_BYTES, TIGHTEST * packed):
        message = (
            f"unpacks to {size // 2**20:,} MB or more, from {packed:,} bytes; at most "
            f"{MOST_BYTES // 2**20:,} MB, and {TIGHTEST} times as many bytes, can be "
            "read; unpack it first"
        )
        raise DataError([Issue(file, message)])


def _as_utf8(stream: BinaryIO, file: str, encoding: str | None) -> BinaryIO:
    head = stream.read(8)
    if not head:
        empty = "the file is empty; expected a header row"
        raise DataError([Issue(file, empty)])
    for signature, problem in _SIGNATURES.items():
        if head.startswith(signature):
            raise DataError([Issue(file, f"the file {problem}")])
    mark = next((mark for mark in _MARKS if head.startswith(mark)), b"")
    stream.seek(len(mark))
    marked = _MARKS.get(mark)
    if marked and encoding:
        refuse_other(file, encoding, marked)
    if marked == UTF8 or not (marked or encoding):
        return stream
    with stream:
        content = stream.read(MOST_DECODED + 1)
    if len(content) > MOST_DECODED:
        message = (
            f"has more than {MOST_DECODED // 2**20} MB in an encoding that is not "
        )
        raise DataError([Issue(file, f"{message}UTF-8; save it as 'CSV UTF-8'")])
    return BytesIO(decoded(content, file, marked or str(encoding)).encode())
