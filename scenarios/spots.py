"""Where the nodes of a YAML document stand in its text."""

import re
from collections.abc import Sequence
from typing import Any

from crm import Excerpt
from scenarios.document import Spot

_BREAK = re.compile("\r\n|[\r\n\x85\u2028\u2029]")
_AFTER = re.compile(r"\s+#.*$|\s+$")
"""A comment, or space, at the end of a line."""


def yaml_lines(text: str) -> list[str]:
    """Return the lines of a text as YAML counts them."""
    return _BREAK.split(text)


def spot_of(yaml: Any, lines: Sequence[str]) -> Spot:
    """Return where a node stands: all of it, or what its first line has of it."""
    start, end = yaml.start_mark, yaml.end_mark
    rest = _AFTER.sub("", line_of(lines, start.line)[start.column :])
    width = end.column - start.column if end.line == start.line else len(rest)
    return spot_at(lines, start.line, start.column, width)


def spot_at(lines: Sequence[str], line: int, column: int, width: int = 1) -> Spot:
    """Return a part of a line.

    Parameters
    ----------
    lines
        Of the file.
    line, column
        Where the part begins, both counted from 0, as parsers do.
    width
        Characters of the part.
    """
    return Spot(line + 1, Excerpt(line_of(lines, line), column + 1, max(width, 1)))


def line_of(lines: Sequence[str], line: int) -> str:
    """Return a line, empty where a parser counts one more than there are."""
    return lines[line] if line < len(lines) else ""
