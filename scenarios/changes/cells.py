"""Cells of the typed tables: values read as a table's are, and changed ones rounded."""

from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from crm import TABLES, Column, CrmData, suggestion
from crm.cells import cell_text
from crm.reading.typed_columns import typed
from crm.table import Table, text_frame
from scenarios.changes.new_value import DIGITS, NewValue
from scenarios.changes.operation import changed_list
from scenarios.errors import fault

_NUMBERS = ("integer", "number")


def column_of(crm: CrmData, table: str, name: str, source: str) -> Column:
    """Return what a column of a table may hold.

    Raises
    ------
    ScenarioError
        With the nearest name where the table has no such column.
    """
    if name in TABLES[table]:
        return TABLES[table][name]
    frame: pd.DataFrame = getattr(crm, table)
    if name not in frame:
        known = [*TABLES[table], *map(str, frame.columns)]
        raise fault(
            source, None, f"{table} have no column {name!r}{suggestion(name, known)}"
        )
    if isinstance(frame[name].dtype, pd.DatetimeTZDtype):
        return Column("timestamp")
    is_number = pd.api.types.is_numeric_dtype(frame[name])
    return Column("number" if is_number else "text")


def read_cell(
    crm: CrmData, column: Column, name: str, value: Any, source: str
) -> pd.Series:
    """Return a value as the one cell of a column, read as a table's would be.

    Raises
    ------
    ScenarioError
        With what the column may hold.
    """
    text = str(value) if isinstance(value, dict) else cell_text(value)
    texts = text_frame([name], [np.array([text], dtype=object)])
    one = Table(source, texts, np.zeros(1, dtype=np.int64))
    table, issues = typed(one, {name: column}, zone=crm.calendar.zone)
    errors = [issue for issue in issues if issue.severity == "error"]
    if errors:
        raise fault(source, None, f"{text!r}: {errors[0].expected}", name)
    return table.frame[name]


def changed_cells(
    cells: pd.Series, column: Column, value: NewValue, name: str, source: str
) -> pd.Series:
    """Return what becomes of cells by a relative change; empty ones stay empty.

    Whole numbers stay whole: see :func:`rounded`.

    Raises
    ------
    ScenarioError
        Where they are neither numbers nor lists, or leave the column's bounds.
    """
    if column.kind == "list":
        entry = NewValue(value.operation, _texts(value.content))
        lists = np.empty(len(cells), dtype=object)
        lists[:] = [tuple(changed_list(cell, entry, name, source)) for cell in cells]
        return pd.Series(lists)
    if column.kind not in _NUMBERS or value.amount is None:
        problem = (
            f"{name} holds no numbers, so {value.words} means nothing; set it with ="
        )
        raise fault(source, None, problem)
    amounts = cells.to_numpy(dtype=float)
    after = np.array([value.of(amount) for amount in amounts])
    if column.kind == "integer":
        after = rounded(after)
    outside = (after < column.minimum) | (after > column.maximum)
    if outside.any():
        first = int(np.flatnonzero(outside)[0])
        became = f"{amounts[first]:g} becomes {after[first]:g}"
        raise fault(source, None, f"{name}: {became}; {column.expected}")
    return pd.Series(after)


def rounded(amounts: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return whole numbers whose sum is near that of the amounts, shape (n,).

    Each is rounded up from a part of its own, evenly spread between 0 and 1 in an order
    that is drawn: 7 x 1.2 = 8.4 is 9 for two reps of five. A larger factor never makes
    one smaller.
    """
    order = np.random.default_rng(0).permutation(len(amounts))
    part = (order + 0.5) / max(len(amounts), 1)
    return np.asarray(np.floor(np.round(amounts, DIGITS) + part), dtype=float)


def _texts(content: Any) -> list[str]:
    entries = content if isinstance(content, list) else [content]
    return [part.strip() for entry in entries for part in cell_text(entry).split("|")]


def with_cells(
    crm: CrmData, table: str, name: str, chosen: NDArray[np.bool_], cells: pd.Series
) -> pd.DataFrame:
    """Return a table with new cells in the chosen rows of one column."""
    frame: pd.DataFrame = getattr(crm, table)
    column = frame[name].copy()
    column[chosen] = cells.set_axis(column.index[chosen]).astype(column.dtype)
    return frame.assign(**{name: column})
