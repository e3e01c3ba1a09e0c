"""What is said of cells that cannot be read, or that could be read otherwise."""

from collections.abc import Iterator
from datetime import tzinfo

import numpy as np
import pandas as pd

from crm.issues import Issue, Severity
from crm.reading.clock_changes import clock_changes
from crm.reading.mending import first_of, mending_keys, thousands_or_decimals
from crm.schema import Column
from crm.table import Table
from crm.value_keys import ValueKeys, of_column

_FORMATS = "; `dates` says how dates are written, a list of formats where several are"
_NOT_PARTED: dict[str, Severity] = {";": "error", ",": "warning", "/": "warning"}
"""What may separate parts -> how it is told where nothing is said of it."""


def cell_issues_of(
    table: Table,
    name: str,
    texts: np.ndarray,
    bad: np.ndarray,
    column: Column,
    keys: ValueKeys,
    clocks: tzinfo,
) -> list[Issue]:
    """Return what is to be said of the cells of a column.

    Parameters
    ----------
    table, name
        Where the cells are.
    texts
        The cells, shape (n_rows,) object.
    bad
        Which of them cannot be read, shape (n_rows,) bool.
    column
        What they should be.
    keys
        What the source says of how they are written.
    clocks
        Zone of times without an offset.
    """
    empty = texts == ""
    issues = table.issues(bad & empty, name, column.expected_filled)
    wrong = bad & ~empty
    if wrong.any():
        return [*issues, *_bad(table, name, texts, wrong, column, keys)]
    return [*issues, *_doubtful(table, name, texts, column, keys, clocks)]


def _bad(
    table: Table,
    name: str,
    texts: np.ndarray,
    wrong: np.ndarray,
    column: Column,
    keys: ValueKeys,
) -> list[Issue]:
    mended = ""
    is_date = column.kind == "timestamp"
    if not (keys.formats(name) if is_date else keys.decimal_of(name)):
        may_be = texts != ""
        if not is_date:
            may_be &= ~table.are_numbers(name)
        filled = pd.unique(texts[may_be]).tolist()
        mended = mending_keys(column, name, filled, keys)
    if not mended:
        expected = column.expected
        if is_date and not keys.formats(name):
            expected += _FORMATS
        return table.issues(wrong, name, expected)
    what = "not ISO 8601" if is_date else "not a plain number"
    return [first_of(table, name, texts, wrong, f"{what}; {mended}")]


def _doubtful(
    table: Table,
    name: str,
    texts: np.ndarray,
    column: Column,
    keys: ValueKeys,
    clocks: tzinfo,
) -> Iterator[Issue]:
    """Yield what of cells that can be read may be meant otherwise."""
    if column.kind in ("number", "integer") and not keys.decimal_of(name):
        written = texts[~table.are_numbers(name)]
        doubt = thousands_or_decimals(column, name, written, keys)
        if doubt:
            yield Issue(table.file, doubt, None, name)
    if column.kind == "timestamp":
        yield from clock_changes(texts, clocks).issues(table, name)
    if column.kind == "list" and of_column(keys.split, name) is None:
        yield from _not_split(table, name, texts)


def _not_split(table: Table, name: str, texts: np.ndarray) -> Iterator[Issue]:
    """Yield that lists have parts separated otherwise, where none is by ``|``."""
    if any("|" in text for text in texts):
        return
    for separator, severity in _NOT_PARTED.items():
        several = np.array([separator in text for text in texts], dtype=bool)
        if several.any():
            message = (
                f'one part, or several? split: "{separator}" makes several of it, '
            )
            message += 'split: "|" one'
            yield from table.issues(several, name, message, severity)
            return
