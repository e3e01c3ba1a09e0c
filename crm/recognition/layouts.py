"""Files as tables: the keys that their reader asks for, taken from what it says."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from crm.formats import read_table
from crm.issues import DataError, Issue
from crm.layout import Layout
from crm.table import Table

_MENDS = re.compile(r"`(header_row|skip_footer|encoding): ([^`]+)`")
"""Keys that the reader names where a file is not what it seems."""
_TRIES = 4


@dataclass(frozen=True)
class Laid:
    """A file that could be read.

    Attributes
    ----------
    file
        The file, as messages and the scenario name it.
    keys
        Keys of its layout that it needs -> what they say.
    whys
        The same keys -> what the reader said of them.
    table
        Its rows, all text.
    """

    file: str
    keys: Mapping[str, Any]
    whys: Mapping[str, str]
    table: Table


def laid(path: Path, file: str) -> Laid:
    """Return the file's table, and the keys of the layout without which it has none.

    The keys are those that the reader itself names in its messages.

    Parameters
    ----------
    path
        The file.
    file
        The file as the scenario will name it.

    Raises
    ------
    DataError
        If it is no table, or no key would make it one.
    """
    keys: dict[str, Any] = {}
    whys: dict[str, str] = {}
    for _ in range(_TRIES):
        try:
            table = read_table(path, file, Layout(file=file, **keys))
            return Laid(file, keys, whys, _with_rows(table))
        except DataError as error:
            key, value, why = _mend(error.issues[0])
            if not key or key in keys:
                raise
            keys[key], whys[key] = value, why
    table = read_table(path, file, Layout(file=file, **keys))
    return Laid(file, keys, whys, _with_rows(table))


def _mend(issue: Issue) -> tuple[str, Any, str]:
    match = _MENDS.search(issue.expected)
    if match is None:
        return "", None, ""
    value = match[2].strip("'\"")
    row = f"row {issue.row}: " if issue.row else ""
    shown = f"{issue.value!r} " if issue.value else ""
    why = f"{row}{shown}{issue.expected[: match.start()]}".rstrip(" :;")
    return match[1], int(value) if value.isdigit() else value, why


def _with_rows(table: Table) -> Table:
    if not len(table.rows):
        raise DataError([Issue(table.file, "the table has no rows")])
    return table
