"""The lines of a text file, up to the first one that is no text."""

import re
from collections.abc import Iterator, Mapping
from io import TextIOWrapper
from typing import BinaryIO

from crm.formats.encodings import fitting

LINE_LIMIT = 2**20
_UNDECODED = re.compile("[\udc80-\udcff]")
_QUOTED_MARK = '\ufeff"'


class BadLineError(ValueError):
    """The line is no text, or too long; says why, and the keys that would mend it."""

    def __init__(
        self, message: str, mended_by: Mapping[str, str | int] | None = None
    ) -> None:
        super().__init__(message)
        self.mended_by = mended_by or {}


def text_lines(stream: BinaryIO) -> Iterator[str]:
    """Yield the lines of UTF-8 text, each with its end.

    Raises
    ------
    BadLineError
        At the first one that is no such text, or longer than 1 MiB.
    """
    text = TextIOWrapper(stream, "utf-8", "surrogateescape", newline="")
    try:
        while line := text.readline(LINE_LIMIT + 1):
            yield _checked(line)
    finally:
        if not stream.closed:
            text.detach()


def _checked(line: str) -> str:
    if line.startswith(_QUOTED_MARK):
        # Files that were joined have one inside, which would hide the quote.
        line = line[1:]
    if len(line) > LINE_LIMIT:
        raise BadLineError("a line is longer than 1 MiB; expected one row a line")
    if "\0" in line:
        raise BadLineError(
            "NUL byte; this is not UTF-8 text: say its `encoding` (utf-16-le?), or "
            "save it as 'CSV UTF-8'"
        )
    if not line.isascii() and (bad := _UNDECODED.search(line)):
        byte = ord(bad[0]) - 0xDC00
        around = line[max(bad.start() - 50, 0) : bad.start() + 50]
        fit = fitting(around.encode("utf-8", "surrogateescape"))
        raise BadLineError(f"byte 0x{byte:02X} is not UTF-8{fit.told}", fit.keys)
    return line
