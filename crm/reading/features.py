"""Features: the kinds of the columns that the schema does not know."""

import re
from collections.abc import Mapping

import numpy as np
import pandas as pd

from crm.cells import numbers, timestamps
from crm.issues import Issue, suggestion
from crm.schema import TABLES, Column, Kind
from crm.table import Table

_FEATURED = ("leads", "history")
MOST_BAD = 0.05
"""Share of non-numbers up to which a column was probably meant to be numeric."""
_CODE = re.compile(r"[+-]?0[0-9]")


def feature_columns(tables: Mapping[str, Table]) -> dict[str, Column]:
    """Return the kind of each feature, the same in leads and history.

    A feature is a column that the schema does not know. It is a number where
    every filled cell of both tables is one and none is written like ``007``, a
    time where every filled cell is an ISO 8601 date or time, and otherwise text.

    Parameters
    ----------
    tables
        Table name -> table, all text; leads, history or both may be absent.
    """
    cells: dict[str, list[np.ndarray]] = {}
    for name in _FEATURED:
        for column in unknown_columns(name, tables.get(name)):
            texts = tables[name].frame[column].to_numpy()
            cells.setdefault(column, []).append(pd.unique(texts))
    return {name: Column(_kind(np.concatenate(texts))) for name, texts in cells.items()}


def unknown_columns(name: str, table: Table | None) -> list[str]:
    """Return the table's columns that the schema does not know, in file order."""
    if table is None:
        return []
    return [column for column in table.names if column not in TABLES[name]]


def feature_warnings(tables: Mapping[str, Table]) -> list[Issue]:
    """Return a warning for each unknown column that looks misspelt or is one-sided."""
    issues = []
    for name, table in tables.items():
        if name == "reps":  # Rules read columns of theirs: scenarios tell the others.
            continue
        absent = set(TABLES[name]) - set(table.names)
        for column in unknown_columns(name, table):
            if near := suggestion(column, absent, likeness=0.8):
                message = f"not a column that {name} can have{near}"
                issues.append(Issue(table.file, message, 1, column, severity="warning"))
    if set(_FEATURED) <= set(tables):
        issues += _one_sided(tables)
    for name in _FEATURED:
        if name in tables:
            issues += _nearly_numbers(name, tables[name])
    return issues


def _one_sided(tables: Mapping[str, Table]) -> list[Issue]:
    issues = []
    for name, other in (_FEATURED, _FEATURED[::-1]):
        table = tables[name]
        alone = [
            column
            for column in unknown_columns(name, table)
            if column not in tables[other].names
        ]
        if alone:
            message = f"in {name} but not in {other}, so it cannot serve as a feature"
            if alone[1:]:
                message = f"in {name} but not in {other}, so they cannot serve as "
                message += f"features: {', '.join(alone)}"
            column = None if alone[1:] else alone[0]
            issues.append(Issue(table.file, message, 1, column, severity="warning"))
    return issues


def _nearly_numbers(name: str, table: Table) -> list[Issue]:
    """Return a warning for each cell that alone keeps a column from being numbers."""
    issues = []
    for column in unknown_columns(name, table):
        texts = table.frame[column].to_numpy()
        filled = texts != ""
        codes, distinct = pd.factorize(texts)
        bad = np.isnan(numbers(distinct))[codes] & filled
        if 0 < bad.sum() <= MOST_BAD * filled.sum():
            message = "the other cells are numbers; with this one all count as text"
            issues += table.issues(bad, column, message, "warning")
    return issues


def _kind(texts: np.ndarray) -> Kind:
    filled = [text for text in texts if text]
    if not filled:
        return "text"
    if not np.isnan(numbers(filled)).any():
        return "text" if any(map(_CODE.match, filled)) else "number"
    return "text" if timestamps(filled).isna().any() else "timestamp"
