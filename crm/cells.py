"""Text cells: values as text, and text as numbers, times, booleans and lists."""

import re
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, time
from typing import Any

import numpy as np
import pandas as pd

from crm.shapes import consist_of, have_shape

_NUMBER = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?")
_DAY = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"
_YEARS = (1700, 2199)
_CLOCK = r"[0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]{1,9})?)?"
_TIME = re.compile(rf"{_DAY}(?:[T ]{_CLOCK}(?:Z|[+-][0-9]{{2}}:?[0-9]{{2}})?)?")
_BOOLEANS = {"true": 1, "yes": 1, "1": 1, "false": 0, "no": 0, "0": 0}
_PLAIN = "0123456789.-+"
_EXACT_INTEGERS = 2.0**53


def cell_text(value: Any) -> str:
    """Return the value as a text cell: ``123``, ``0.5``, ``true``, ``2026-09-07``.

    Whole numbers have no decimal point, and an exponent where a float does not hold
    all their digits. Times are ISO 8601, lists are separated by ``|`` and a missing
    value is ``""``. Space around text is removed.
    """
    if isinstance(value, str):
        return value.strip()
    if value is None or value is pd.NaT:
        return ""
    if isinstance(value, bool | np.bool_):
        return "true" if value else "false"
    if isinstance(value, float | np.floating):
        return _number_text(float(value))
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, list | tuple | np.ndarray):
        return "|".join(map(cell_text, value))
    return str(value)


def _number_text(value: float) -> str:
    if np.isnan(value):
        return ""
    if not value.is_integer():
        return repr(value)
    if abs(value) < _EXACT_INTEGERS:
        return str(int(value))
    return np.format_float_scientific(value, trim="-")


def numbers(texts: Iterable[str]) -> np.ndarray:
    """Return the numbers, shape (n,) float64; NaN where a text is not a number.

    A number has a decimal point, no thousands separator and no unit, and is
    finite.
    """
    texts = list(texts)
    if (values := _plain_numbers(texts)) is None:
        whole = _NUMBER.fullmatch
        values = np.array([float(t) if whole(t) else np.nan for t in texts], float)
    values[np.isinf(values)] = np.nan
    return values


def _plain_numbers(texts: list[str]) -> np.ndarray | None:
    """Return the numbers where all are digits, signs and points, most quickly."""
    if not consist_of(texts, _PLAIN):
        return None
    try:
        return np.array([float(t) if t else np.nan for t in texts], dtype=float)
    except ValueError:
        return None


def timestamps(texts: Sequence[str], end_of_day: bool = False) -> pd.DatetimeIndex:
    """Return the times, shape (n,) UTC; NaT where a text is not ISO 8601.

    Times without a zone are UTC. A date without a time is the start of that
    day, or with `end_of_day` its last nanosecond.
    """
    iso = np.array(texts, dtype=object)
    iso[~have_shape(texts, _TIME)] = None
    parsed = pd.to_datetime(iso, format="ISO8601", utc=True, errors="coerce")
    years = parsed.year
    usual = (years >= _YEARS[0]) & (years <= _YEARS[1])
    times = pd.DatetimeIndex(parsed.where(usual)).as_unit("ns")
    if not end_of_day:
        return times
    is_date = np.fromiter((len(t) == 10 for t in texts), dtype=bool, count=len(texts))
    return times.where(~is_date, times + pd.Timedelta(1, "D") - pd.Timedelta(1, "ns"))


def booleans(texts: Iterable[str]) -> np.ndarray:
    """Return 1 for true and 0 for false, shape (n,); NaN where a text is neither."""
    return np.array([_BOOLEANS.get(t.lower(), np.nan) for t in texts], dtype=float)


def lists(texts: Iterable[str]) -> list[tuple[str, ...]]:
    """Return the parts between ``|``, without empty and repeated ones."""
    return [
        tuple(dict.fromkeys(part.strip() for part in text.split("|") if part.strip()))
        for text in texts
    ]


def span(moment: date | datetime) -> tuple[pd.Timestamp, pd.Timestamp]:
    """Return the first and the last moment (UTC) of a date; of a time, itself."""
    if isinstance(moment, datetime):
        aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
        utc = pd.Timestamp(aware).tz_convert("UTC")
        return utc, utc
    first = datetime.combine(moment, time.min, tzinfo=UTC)
    last = datetime.combine(moment, time.max, tzinfo=UTC)
    return pd.Timestamp(first), pd.Timestamp(last)
