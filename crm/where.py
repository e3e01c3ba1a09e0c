"""The rows of a table that a `where` selects."""

import operator
from collections.abc import Mapping
from datetime import UTC, date, tzinfo
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd

from crm.cells import booleans, cell_text, numbers, timestamps
from crm.condition import Bounds, Condition, Limit, Scalar
from crm.issues import shorten, suggestion
from crm.zones import span

# How a limit compares, and with which end of a day where it is a date.
_LIMITS = {
    "min": (operator.ge, 0),
    "max": (operator.le, 1),
    "below": (operator.lt, 0),
    "above": (operator.gt, 1),
}


class WhereError(ValueError):
    """A `where` that does not fit the table.

    Attributes
    ----------
    column
        The column of the condition.
    reason
        What is wrong, with the nearest column name where the column is unknown.
    """

    def __init__(self, column: str, reason: str) -> None:
        self.column = column
        self.reason = reason
        super().__init__(f"column {column}: {reason}")


def matches(
    frame: pd.DataFrame,
    where: Mapping[str, Condition],
    zone: tzinfo = UTC,
    clocks: tzinfo | None = None,
) -> np.ndarray:
    """Tell for each row whether every condition holds, shape (n_rows,) bool.

    Text equals text exactly, numbers equal numerically (3 matches ``"3"``), a
    date equals every moment of that local day, and a list cell equals each of
    its parts. A value of another type than the cell equals nothing. A missing
    cell matches only ``missing: true`` or ``not``.

    Parameters
    ----------
    frame
        A table, typed or still all text.
    where
        Column -> condition.
    zone
        Of days in texts; a column of times has its own.
    clocks
        Of times without an offset in texts; that of the days by default.

    Raises
    ------
    WhereError
        If a column does not exist, or a limit is on cells that are neither
        numbers nor dates.
    """
    matched = np.ones(len(frame), dtype=bool)
    for name, condition in where.items():
        if name not in frame:
            raise WhereError(name, f"no such column{suggestion(name, frame.columns)}")
        matched &= _holds(_Cells(name, frame[name], zone, clocks), condition)
    return matched


def _holds(cells: "_Cells", condition: Condition) -> np.ndarray:
    if not cells.is_text:
        return cells.hold(condition)
    codes, distinct = pd.factorize(cells.column.to_numpy(), use_na_sentinel=False)
    return cells.of(distinct).hold(condition)[codes]


class _Cells:
    """The cells of one column, as text, numbers or times."""

    def __init__(
        self, name: str, column: pd.Series, zone: tzinfo, clocks: tzinfo | None
    ) -> None:
        self.name = name
        self.column = column
        self.zone = (column.dt.tz or zone) if self.is_time else zone
        self.clocks = clocks

    def of(self, distinct: np.ndarray) -> "_Cells":
        """Return cells of the same column that are these texts or lists."""
        column = pd.Series(distinct, dtype=object)
        return _Cells(self.name, column, self.zone, self.clocks)

    @cached_property
    def texts(self) -> list[str]:
        return [cell_text(cell) for cell in self.column] if self.is_text else []

    @property
    def is_text(self) -> bool:
        return self.column.dtype == object

    @property
    def is_time(self) -> bool:
        return isinstance(self.column.dtype, pd.DatetimeTZDtype)

    def hold(self, condition: Condition) -> np.ndarray:
        if isinstance(condition, Bounds):
            return self.within(condition)
        return self.equal(condition)

    def missing(self) -> np.ndarray:
        if self.is_text:
            return np.array([text == "" for text in self.texts], dtype=bool)
        return self.column.isna().to_numpy()

    def numbers(self) -> np.ndarray:
        if self.is_text:
            return numbers(self.texts)
        if self.is_time:
            return np.full(len(self.column), np.nan)
        return self.column.to_numpy(dtype=float)

    def times(self) -> pd.DatetimeIndex:
        if self.is_time:
            return pd.DatetimeIndex(self.column)
        texts = self.texts or [""] * len(self.column)
        return timestamps(texts, zone=self.zone, clocks=self.clocks)

    def equal(self, values: Scalar | list[Scalar]) -> np.ndarray:
        alternatives = values if isinstance(values, list) else [values]
        matched = np.zeros(len(self.column), dtype=bool)
        for value in alternatives:
            matched |= self.equal_one(value)
        return matched & ~self.missing()

    def equal_one(self, value: Scalar) -> np.ndarray:
        if isinstance(value, str):
            return self.equal_text(value)
        if isinstance(value, date):
            first, last = span(value, self.zone)
            times = self.times()
            return np.asarray((times >= first) & (times <= last))
        if isinstance(value, bool) and self.is_text:
            return booleans(self.texts) == value
        return self.numbers() == float(value)

    def equal_text(self, text: str) -> np.ndarray:
        if self.is_text:
            return np.array([_has(cell, text) for cell in self.column], dtype=bool)
        if self.is_time:
            starts = timestamps([text], zone=self.zone)
            ends = timestamps([text], end_of_day=True, zone=self.zone)
            times = self.times()
            return np.asarray((times >= starts[0]) & (times <= ends[0]))
        read = booleans if self.column.dtype == bool else numbers
        return self.numbers() == read([text])[0]

    def within(self, bounds: Bounds) -> np.ndarray:
        matched = np.ones(len(self.column), dtype=bool)
        for name, (compare, side) in _LIMITS.items():
            limit = getattr(bounds, name)
            if limit is not None:
                cells, ends = self.comparable(limit)
                matched &= np.asarray(compare(cells, ends[side]))
        if bounds.not_ is not None:
            matched &= ~self.equal(bounds.not_)
        if bounds.missing is not None:
            matched &= self.missing() == bounds.missing
        return matched

    def comparable(self, limit: Limit) -> tuple[Any, tuple[Any, Any]]:
        """Return the cells as what the limit is, and the limit's two ends."""
        cells: Any
        ends: tuple[Any, Any]
        if isinstance(limit, date):
            cells, ends, kind = self.times(), span(limit, self.zone), "dates"
        else:
            cells, ends, kind = self.numbers(), (limit, limit), "numbers"
        wrong = np.flatnonzero(pd.isna(cells) & ~self.missing())
        if len(wrong):
            cell = shorten(cell_text(self.column.iloc[wrong[0]]))
            reason = f"holds {cell!r}, and {limit} can be compared with {kind} only"
            raise WhereError(self.name, reason)
        return cells, ends


def _has(cell: str | tuple[str, ...], text: str) -> bool:
    return text in cell if isinstance(cell, tuple) else cell == text
