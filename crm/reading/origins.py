"""Columns of ours made of the file's: named, joined, numbered, or by condition."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from crm.column_origin import Joined, RepColumn, RowNumber, columns_of
from crm.condition import Bounds, Condition, Where
from crm.issues import DataError, Issue, suggestion
from crm.reading.amounts import Signs, amount
from crm.schema import Column
from crm.source import Source
from crm.table import Table
from crm.where import WhereError, matches

ELSE = {"outcome": "open"}
"""Column -> its word where none of its conditions holds."""
REP_COLUMNS = ("rep_id", "current_rep_id", "owner_rep_id")


def origin_issues(
    source: Source, table: Table, columns: Mapping[str, Column]
) -> list[Issue]:
    """Return an issue for each origin that its column or the file cannot have."""
    issues = []
    for ours, origin in source.columns.items():
        if isinstance(origin, dict):
            issues += _word_issues(table, ours, origin, columns)
        if isinstance(origin, RepColumn) and ours not in REP_COLUMNS:
            message = f"`match` finds reps; only {', '.join(REP_COLUMNS)} hold one"
            issues.append(Issue(table.file, message, column=ours))
    return issues


def _word_issues(
    table: Table, ours: str, origin: Mapping[str, Where], columns: Mapping[str, Column]
) -> list[Issue]:
    choices = columns[ours].choices if ours in columns else ()
    if not choices:
        message = "expected a column of the file; conditions make outcome only"
        return [Issue(table.file, message, column=ours)]
    return [
        Issue(
            table.file,
            f"expected one of {', '.join(choices)}{suggestion(word, choices)}",
            column=ours,
            value=word,
        )
        for word in origin
        if word not in choices
    ]


def origin_cells(source: Source, table: Table, ours: str) -> np.ndarray:
    """Return the texts of a column of ours, as its origin says, (n_rows,) object.

    Raises
    ------
    DataError
        If a condition does not fit the file.
    """
    origin: Any = source.columns[ours]
    if isinstance(origin, RowNumber):
        return table.rows.astype(str).astype(object)
    if isinstance(origin, Joined):
        parts = [table.frame[name].to_numpy() for name in origin.join]
        return _joined(parts, origin.with_)
    if isinstance(origin, dict):
        return _by_condition(source, table, ours, origin)
    names = columns_of(origin)
    cells = table.frame[names[0]].to_numpy()
    for name in names[1:]:
        cells = np.where(cells == "", table.frame[name].to_numpy(), cells)
    return cells


def _joined(parts: list[np.ndarray], between: str) -> np.ndarray:
    rows = zip(*parts, strict=True)
    return np.array([between.join(filter(None, row)) for row in rows], dtype=object)


def _by_condition(
    source: Source, table: Table, ours: str, origin: Mapping[str, Where]
) -> np.ndarray:
    cells = np.full(len(table.frame), ELSE.get(ours, ""), dtype=object)
    undecided = np.ones(len(cells), dtype=bool)
    for word, where in origin.items():
        try:
            holds = matches(comparable(source, table, where), where)
        except WhereError as problem:
            message = f"`columns: {ours}: {word}`: {problem.reason}"
            issue = Issue(table.file, message, column=problem.column)
            raise DataError([issue]) from None
        cells[undecided & holds] = word
        undecided &= ~holds
    if ELSE.get(ours) in origin:
        cells[undecided] = _in_words(table.frame.loc[undecided, columns_of(origin)])
    return cells


def _in_words(cells: pd.DataFrame) -> list[str]:
    """Return rows that fit no condition as texts, which `values` may translate."""
    rows = (zip(cells.columns, texts, strict=True) for texts in cells.to_numpy())
    return [
        ", ".join(f"{name} {cell}" if cell else f"no {name}" for name, cell in row)
        for row in rows
    ]


def comparable(
    source: Source, file: Table, where: Where, ours: pd.DataFrame | None = None
) -> pd.DataFrame:
    """Return the columns that conditions name, numbers as plain ones.

    Cells are numbers by the source's `decimal` and `thousands`, where a condition
    compares with a number and all cells of the column are written so.

    Parameters
    ----------
    source
        How the cells are written.
    file
        The file as it is.
    where
        The conditions.
    ours
        Our columns, plain already; they are meant where the file has such a name too.
    """
    made = pd.DataFrame(index=file.frame.index) if ours is None else ours
    shown = {}
    for name, condition in where.items():
        if name in made:
            shown[name] = made[name]
        elif name in file.frame:
            sign = _signs_of(source, name) if _speaks_of_numbers(condition) else None
            shown[name] = _plain_numbers(file, name, sign)
        else:
            known = [*made.columns, *file.names]
            raise WhereError(name, f"no such column{suggestion(name, known)}")
    return pd.DataFrame(shown)


def _signs_of(source: Source, name: str) -> Signs | None:
    """Return how a column of the file has its numbers, by its name or one of ours."""
    ours = [our for our, o in source.columns.items() if name in columns_of(o)]
    for our in (name, *ours):
        if sign := source.decimal_of(our):
            return Signs(sign, source.thousands_of(our))
    return None


def _plain_numbers(file: Table, name: str, signs: Signs | None) -> pd.Series:
    """Return the cells, numbers plain where all texts among them are written so."""
    cells = file.frame[name]
    texts = cells.to_numpy()
    written = ~file.are_numbers(name)
    if signs is None or not written.any():
        return cells
    codes, distinct = pd.factorize(texts[written])
    plain = [text and amount(text, signs).text for text in distinct]
    if not all(p for p, t in zip(plain, distinct, strict=True) if t):
        return cells
    shown = texts.copy()
    shown[written] = np.array(plain, dtype=object)[codes]
    return pd.Series(shown, cells.index, dtype=object)


def _speaks_of_numbers(condition: Condition) -> bool:
    told: list[Any] = [condition]
    if isinstance(condition, Bounds):
        told = [condition.min, condition.max, condition.below, condition.above]
        told += [condition.not_]
    flat = [
        x for value in told for x in (value if isinstance(value, list) else [value])
    ]
    return any(
        isinstance(x, int | float) and not isinstance(x, bool) for x in flat
    ) and not any(isinstance(x, str) for x in flat)
