"""Files as tables: the keys that their reader asks for, taken from what it says."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from crm.formats import read_table
from crm.issues import DataError, Issue
from crm.layout import Layout
from crm.table import Table

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
            issue = next((i for i in error.issues if i.mended_by), None)
            if issue is None or set(issue.mended_by) & set(keys):
                raise
            keys |= issue.mended_by
            whys |= dict.fromkeys(issue.mended_by, _why(issue))
    table = read_table(path, file, Layout(file=file, **keys))
    return Laid(file, keys, whys, _with_rows(table))


def _why(issue: Issue) -> str:
    """Return what the reader said, without the key that it asked for."""
    row = f"row {issue.row}: " if issue.row else ""
    shown = f"{issue.value!r} " if issue.value else ""
    return f"{row}{shown}{issue.expected.partition('`')[0]}".rstrip(" :;")


def _with_rows(table: Table) -> Table:
    if not len(table.rows):
        raise DataError([Issue(table.file, "the table has no rows")])
    return table
