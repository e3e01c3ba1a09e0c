"""Conditions as people say them: ``deal value is at least 20,000``."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from crm.condition import Bounds, Condition, Where

_SPOKEN = {"p_convert": "probability of converting"}
_NUMBERS = {"min": "at least", "max": "at most", "below": "below", "above": "above"}
_DATES = {"min": "on or after", "max": "until", "below": "before", "above": "after"}


def where_words(where: Where) -> str:
    """Return conditions in words, to stand after ``leads whose``.

    Columns are told without underscores: ``deal value is at least 20,000 and whose
    source is web or event``.
    """
    told = (
        f"{column_words(column)} {condition_words(condition)}"
        for column, condition in where.items()
    )
    return " and whose ".join(told)


def column_words(column: str) -> str:
    """Return the name of a column as people say it: ``deal value``."""
    return _SPOKEN.get(column) or column.replace("_", " ").strip() or column


def count_words(count: int, noun: str) -> str:
    """Return a number of things: ``1 lead``, ``2,000 leads``."""
    return f"{count:,} {noun}" + "s" * (count != 1)


def condition_words(condition: Condition) -> str:
    """Return a condition as the rest of a sentence: ``is at least 20,000``."""
    if not isinstance(condition, Bounds):
        return f"is {values_words(condition)}"
    return " and ".join(f"is {part}" for part in _parts(condition))


def values_words(values: Any) -> str:
    """Return one value, or several with ``or`` between."""
    told = values if isinstance(values, list) else [values]
    return " or ".join(map(value_words, told))


def value_words(value: Any) -> str:
    """Return a value as people write it: thousands apart, ``yes`` and ``no``."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return number_words(value) if isinstance(value, int | float) else str(value)


def number_words(number: float) -> str:
    """Return a number with its thousands apart and every digit it has."""
    whole = isinstance(number, int) or number.is_integer()
    return f"{int(number):,}" if whole else f"{number:,}"


def _parts(bounds: Bounds) -> Iterator[str]:
    for name in _NUMBERS:
        if (limit := getattr(bounds, name)) is not None:
            words = _DATES if isinstance(limit, date) else _NUMBERS
            yield f"{words[name]} {value_words(limit)}"
    if bounds.not_ is not None:
        yield f"not {values_words(bounds.not_)}"
    if bounds.missing is not None:
        yield "empty" if bounds.missing else "filled"
