"""Features: the kinds of the columns that the schema does not know."""

import re
from collections.abc import Collection, Mapping

import numpy as np
import pandas as pd

from crm.cells import numbers, timestamps
from crm.issues import LISTED, Issue, capped, listed, shorten, suggestion
from crm.past_columns import PastColumns
from crm.reading.mending import mending_keys
from crm.schema import TABLES, Column, Kind
from crm.table import Table
from crm.value_keys import ValueKeys

_FEATURED = ("leads", "history")
MOST_BAD = 0.05
"""Share of non-numbers up to which a column was probably meant to be numeric."""
MOST_TEXT = 0.5
"""Share of non-numbers up to which a column is one of numbers at all."""
NAMED = 6
"""Texts among numbers that are named."""
MOST_COMPARED = 500
"""Columns whose names are compared with ours; a table of more was not typed."""
_NUMBER_LIKE = re.compile(r"[^0-9]{0,4}[0-9][-0-9., '\u2019eE+]*[^0-9]{0,4}")
_CODE = re.compile(r"[+-]?0[0-9]")


def feature_columns(
    tables: Mapping[str, Table], past: PastColumns | None = None
) -> dict[str, Column]:
    """Return the kind of each feature, the same in leads and history.

    A feature is a column that the schema does not know. It is a number where
    every filled cell of both tables is one and none is written like ``007``, a
    time where every filled cell is an ISO 8601 date or time, and otherwise text.

    Parameters
    ----------
    tables
        Table name -> table, all text; leads, history or both may be absent.
    past
        What stands for the history, where that is none of the tables: its kinds count.
    """
    cells: dict[str, list[np.ndarray]] = {}
    for name in _FEATURED:
        for column in unknown_columns(name, tables.get(name)):
            texts = tables[name].frame[column].to_numpy()
            cells.setdefault(column, []).append(pd.unique(texts))
    before = {} if past is None or "history" in tables else past.kinds
    return {
        name: Column(_joint_kind(np.concatenate(texts), before.get(name)))
        for name, texts in cells.items()
    }


def unknown_columns(name: str, table: Table | None) -> list[str]:
    """Return the table's columns that the schema does not know, in file order."""
    if table is None:
        return []
    return [column for column in table.names if column not in TABLES[name]]


def feature_warnings(
    tables: Mapping[str, Table],
    keys: Mapping[str, ValueKeys],
    past: PastColumns | None = None,
) -> list[Issue]:
    """Return what is to be said of columns that the schema does not know.

    They may look misspelt, be in one of leads and history only, or be nearly numbers.

    Parameters
    ----------
    tables
        Table name -> table, all text.
    keys
        Table name -> what its source says of how cells are written.
    past
        What stands for the history, where that is none of the tables.
    """
    issues = []
    for name, table in tables.items():
        if name == "reps":  # Rules read columns of theirs: scenarios tell the others.
            continue
        issues += _misspelt(name, table)
    if set(_FEATURED) <= set(tables):
        names = {name: set(tables[name].names) for name in _FEATURED}
        issues += _alone(tables["leads"], "leads", "history", names["history"])
        issues += _alone(tables["history"], "history", "leads", names["leads"])
    elif past is not None and "leads" in tables:
        issues += _alone(tables["leads"], "leads", "history", past.names)
    for name in _FEATURED:
        if name in tables:
            issues += _nearly_numbers(name, tables[name], keys[name])
    return issues


def _misspelt(name: str, table: Table) -> list[Issue]:
    absent = set(TABLES[name]) - set(table.names)
    at_most = ", so at most a feature" if name in _FEATURED else ""
    issues = []
    for column in unknown_columns(name, table)[:MOST_COMPARED]:
        if near := suggestion(column, absent, likeness=0.8):
            message = f"not a column that {name} can have{at_most}{near}"
            issues.append(Issue(table.file, message, 1, column, severity="warning"))
    return capped(issues, len(issues)) if issues else []


def _alone(table: Table, name: str, other: str, names: Collection[str]) -> list[Issue]:
    """Return a warning of the features that only one of leads and history has."""
    alone = [column for column in unknown_columns(name, table) if column not in names]
    if not alone:
        return []
    message = f"in {name} but not in {other}, so it cannot serve as a feature"
    if alone[1:]:
        message = f"in {name} but not in {other}, so they cannot serve as "
        message += f"features: {listed(alone, LISTED)}"
    column = None if alone[1:] else alone[0]
    return [Issue(table.file, message, 1, column, severity="warning")]


def _nearly_numbers(name: str, table: Table, keys: ValueKeys) -> list[Issue]:
    """Return a warning for columns that are numbers but for some cells.

    Each cell is named where they are few, else the keys that would make them numbers.
    """
    issues = []
    for column in unknown_columns(name, table):
        texts = table.frame[column].to_numpy()
        filled = texts != ""
        codes, distinct = pd.factorize(texts)
        is_number = ~np.isnan(numbers(distinct))
        bad = ~is_number[codes] & filled
        if not bad.any():
            continue
        words = [text for text in distinct if text]
        near = [t for t in words if _NUMBER_LIKE.fullmatch(t)]
        mended = ""
        if len(near) == len(words):
            mended = mending_keys(Column("number"), column, words, keys)
        if mended:
            message = f"{bad.sum():,} cells such as {texts[bad][0]!r} are no plain "
            message += f"numbers, so all count as text; {mended}"
            issues.append(_warning(table, column, message))
        elif bad.sum() <= MOST_BAD * filled.sum():
            message = "the other cells are numbers; with this one all count as text"
            issues += table.issues(bad, column, message, "warning")
        elif bad.sum() < MOST_TEXT * filled.sum():
            words = [shorten(text) for text in distinct[~is_number] if text]
            message = f"{bad.sum():,} of {filled.sum():,} cells are no numbers, so all "
            message += f"count as text: {listed(list(map(repr, words)), NAMED)}"
            issues.append(_warning(table, column, message))
    return issues


def _warning(table: Table, column: str, message: str) -> Issue:
    return Issue(table.file, message, None, column, severity="warning")


def _joint_kind(texts: np.ndarray, before: Kind | None) -> Kind:
    """Return the kind of these cells together with those that had a kind before."""
    if before is None:
        return _kind(texts)
    return "text" if any(texts) and _kind(texts) != before else before


def _kind(texts: np.ndarray) -> Kind:
    filled = [text for text in texts if text]
    if not filled:
        return "text"
    if not np.isnan(numbers(filled)).any():
        return "text" if any(map(_CODE.match, filled)) else "number"
    return "text" if timestamps(filled).isna().any() else "timestamp"
