"""Text cells converted to typed columns, by the schema."""

from collections.abc import Mapping
from datetime import UTC, tzinfo

import numpy as np
import pandas as pd

from crm.cells import booleans, lists, numbers, timestamps
from crm.characters import are_plain, seen
from crm.issues import Issue, suggestion
from crm.reading.hints import looks_like_it
from crm.reading.odd_cells import cell_issues_of
from crm.schema import Column
from crm.table import SEPARATE, Table
from crm.value_keys import ValueKeys
from crm.zones import zone_of

_LOOKED, _MANY = 1000, 0.8
"""Texts of a column that are looked at, and the share of distinct ones that is many."""
Values = np.ndarray | pd.api.extensions.ExtensionArray
_AS_THEY_ARE = ValueKeys(decimal=".", missing=[], split="|")


def typed(
    table: Table,
    columns: Mapping[str, Column],
    table_name: str = "",
    keys: ValueKeys = _AS_THEY_ARE,
    zone: tzinfo = UTC,
) -> tuple[Table, list[Issue]]:
    """Return the table with typed columns, and an issue for every unreadable cell.

    Parameters
    ----------
    table
        All text.
    columns
        Column name -> what it may hold: the columns of the result, in order.
        Those that the table lacks are added empty.
    table_name
        What the file is read as, for messages.
    keys
        What its source says of how cells are written.
    zone
        Of the days and of the times that result.
    """
    clocks = zone_of(keys.time_zone) if keys.time_zone else zone
    index = table.frame.index
    issues: list[Issue] = []
    frame: dict[str, pd.Series] = {}
    unreadable: dict[str, np.ndarray] = {}
    for name, column in columns.items():
        if name not in table.frame:
            texts = np.full(len(table.frame), "", dtype=object)
            values, _ = _converted(texts, column, zone, clocks)
            bad = np.full(len(texts), column.required)
            cell_issues = _absent(table, name, column, table_name)
        else:
            texts = table.frame[name].to_numpy()
            if column.kind == "id":
                texts, joined = _without_joiners(table, name, texts)
                issues += joined
            values, bad = _converted(texts, column, zone, clocks)
            told = table.unreadable.get(name, np.zeros(len(texts), dtype=bool))
            cell_issues = cell_issues_of(
                table, name, texts, bad & ~told, column, keys, clocks
            )
            bad = bad | told
        frame[name] = pd.Series(values, index, dtype=values.dtype, copy=False)
        if bad.any() or cell_issues:
            unreadable[name] = bad
        issues += cell_issues
    whole = pd.DataFrame(frame, index, copy=len(frame) > SEPARATE)
    return Table(table.file, whole, table.rows, unreadable), issues


def _without_joiners(
    table: Table, name: str, texts: np.ndarray
) -> tuple[np.ndarray, list[Issue]]:
    """Return ids without what shows nothing by itself, and a warning for each."""
    if are_plain(texts):
        return texts, []
    codes, distinct = pd.factorize(texts)
    plain = np.array([seen(text) for text in distinct], dtype=object)
    changed = plain != distinct
    if not changed.any():
        return texts, []
    message = "characters that nobody sees were removed from this id"
    return plain[codes], table.issues(changed[codes], name, message, "warning")


def _absent(table: Table, name: str, column: Column, table_name: str) -> list[Issue]:
    if not column.required:
        return []
    read_as = f"as {table_name}, " if table_name else ""
    needed = f"{read_as}the table needs this column ({column.kind}), or one for it in "
    needed += "`columns`"
    hint = looks_like_it(name, table_name, table) or suggestion(name, table.names)
    return [Issue(table.file, f"{needed}{hint}", 1, name)]


def _converted(
    texts: np.ndarray, column: Column, zone: tzinfo, clocks: tzinfo
) -> tuple[Values, np.ndarray]:
    """Return the values and where they are bad; each distinct text is read once."""
    if column.kind in ("id", "text"):
        return texts, (texts == "") & column.filled
    codes, distinct = None, texts
    if not _mostly_differ(texts):
        codes, distinct = pd.factorize(texts, use_na_sentinel=False)
    values, readable = _read(distinct.tolist(), column, zone, clocks)
    empty = np.asarray(distinct == "", dtype=bool)
    is_due = column.filled or (column.kind == "boolean" and not empty.all())
    bad = np.where(empty, is_due, ~readable)
    if codes is None:
        return values, bad
    return values.take(codes), bad[codes]


def _mostly_differ(texts: np.ndarray) -> bool:
    """Tell whether so many texts differ that each is soonest read by itself."""
    some = texts[:: max(len(texts) // _LOOKED, 1)]
    return len(some) >= _LOOKED and len(set(some)) > _MANY * len(some)


def _read(
    texts: list[str], column: Column, zone: tzinfo, clocks: tzinfo
) -> tuple[Values, np.ndarray]:
    """Return the value of each text, missing where it is not readable, and whether."""
    match column.kind:
        case "number" | "integer":
            amounts = numbers(texts)
            return amounts, _inside(amounts, column)
        case "timestamp":
            times = timestamps(texts, column.end_of_day, zone, clocks)
            return times.array, np.asarray(times.notna())
        case "boolean":
            values = booleans(texts)
            readable = ~np.isnan(values)
            return np.where(readable, values, column.default) == 1, readable
        case "choice":
            words = [text.lower() for text in texts]
            readable = np.array([word in column.choices for word in words], dtype=bool)
            return np.array(words, dtype=object), readable
        case "list":
            parts = np.fromiter(lists(texts), dtype=object, count=len(texts))
            return parts, np.ones(len(texts), dtype=bool)
    return np.array(texts, dtype=object), np.ones(len(texts), dtype=bool)


def _inside(amounts: np.ndarray, column: Column) -> np.ndarray:
    inside = (amounts >= column.minimum) & (amounts <= column.maximum)
    inside &= amounts > column.above
    return inside & ((amounts % 1 == 0) | (column.kind == "number"))
