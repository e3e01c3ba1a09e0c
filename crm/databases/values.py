"""Values of databases as text cells, each type exactly."""

import json
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Any
from uuid import UUID

import numpy as np

from crm.cells import cell_text

_NUMBERS = frozenset({int, float, Decimal})
_SHARED = 2**16
"""Different texts of a column that are kept once only."""


class NoCellError(ValueError):
    """A value that no text cell can hold, and what to do about it.

    Attributes
    ----------
    value
        The value, for messages.
    """

    def __init__(self, value: Any, message: str) -> None:
        super().__init__(message)
        self.value = str(value)


class TextColumn:
    """The text cells of one column, equal ones sharing memory."""

    def __init__(self) -> None:
        self.cells: list[str] = []
        self._numeric: list[np.ndarray] = []
        self._seen: dict[str, str] = {}

    @property
    def are_numbers(self) -> np.ndarray:
        """Which cells are numbers of the database, shape (n_cells,) bool."""
        return np.concatenate([*self._numeric, np.empty(0, dtype=bool)])

    def add(self, values: Sequence[Any]) -> list[str]:
        """Append the values as text, and return them.

        Raises
        ------
        NoCellError
            Where a value is no cell; :attr:`cells` then ends before it.
        """
        start, seen = len(self.cells), self._seen
        for value in values:
            text = _TEXT[type(value)](value)
            if len(seen) < _SHARED:
                text = seen.setdefault(text, text)
            else:
                text = seen.get(text, text)
            self.cells.append(text)
        self._numeric.append(np.array([type(v) in _NUMBERS for v in values], bool))
        return self.cells[start:]


def cell_of(value: Any) -> str:
    """Return one value as a text cell.

    Raises
    ------
    NoCellError
        Where it is none.
    """
    return _TEXT[type(value)](value)


def _time_text(value: datetime) -> str:
    return (value if value.tzinfo is None else value.astimezone(UTC)).isoformat()


def _float_text(value: float) -> str:
    return "NaN" if value != value else cell_text(value)


def _list_text(values: Iterable[Any]) -> str:
    parts = [_TEXT[type(value)](value) for value in values]
    if any(isinstance(value, list | dict) for value in values):
        nested = "a list inside a list is no cell; unnest it in the query"
        raise NoCellError(values, nested)
    if odd := next((part for part in parts if "|" in part), None):
        raise NoCellError(odd, "an entry of a list has |, which parts entries")
    return "|".join(part for part in parts if part)


def _json_text(value: dict[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False, default=str)


class _ByType(dict[type, Callable[[Any], str]]):
    """How a type is written; a type that no cell can hold is refused."""

    def __missing__(self, kind: type) -> Callable[[Any], str]:
        bases = (base for base in kind.__mro__[1:] if base in self)
        base = next(bases, object)
        self[kind] = self[base] if base is not object else _refuse
        return self[kind]


def _refuse(value: Any) -> str:
    raise NoCellError(
        value,
        f"a value of type {type(value).__name__} is no cell; leave the column out of "
        "the query, or cast it there to text or a number",
    )


_TEXT = _ByType(
    {
        str: str.strip,
        type(None): lambda _: "",
        bool: cell_text,
        int: str,
        float: _float_text,
        Decimal: lambda value: format(value, "f"),
        datetime: _time_text,
        date: date.isoformat,
        time: time.isoformat,
        UUID: str,
        list: _list_text,
        dict: _json_text,
    }
)
