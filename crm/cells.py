"""Text cells: values as text, and text as numbers, times, booleans and lists."""

import re
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, tzinfo
from typing import Any

import numpy as np
import pandas as pd

from crm.zones import starts, zoned

_NUMBER = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?")
_DAY = r"(?:1[7-9]|2[01])[0-9]{2}-[0-9]{2}-[0-9]{2}"
_CLOCK = r"[0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]{1,9})?)?"
_TIME = re.compile(rf"{_DAY}(?:[T ]{_CLOCK}(?:Z|[+-][0-9]{{2}}:?[0-9]{{2}})?)?")
_OFFSET = re.compile(r":[0-9.]*(?:Z|[+-][0-9]{2}:?[0-9]{2})$")
_BOOLEANS = {"true": 1, "yes": 1, "1": 1, "false": 0, "no": 0, "0": 0}
_EXACT_INTEGERS = 2.0**53


def cell_text(value: Any) -> str:
    """Return the value as a text cell: ``123``, ``0.5``, ``true``, ``2026-09-07``.

    Whole numbers have no decimal point, times are ISO 8601, lists are separated
    by ``|`` and a missing value is ``""``. Space around text is removed.
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
    if value.is_integer() and abs(value) < _EXACT_INTEGERS:
        return str(int(value))
    return repr(value)


def numbers(texts: Iterable[str]) -> np.ndarray:
    """Return the numbers, shape (n,) float64; NaN where a text is not a number.

    A number has a decimal point, no thousands separator and no unit, and is
    finite.
    """
    whole = _NUMBER.fullmatch
    values = np.array([float(t) if whole(t) else np.nan for t in texts], dtype=float)
    values[np.isinf(values)] = np.nan
    return values


def timestamps(
    texts: Sequence[str], end_of_day: bool = False, zone: tzinfo = UTC
) -> pd.DatetimeIndex:
    """Return the times in the zone, shape (n,); NaT where a text is not ISO 8601.

    Times without an offset are those of the zone, NaT where its clocks skip them, the
    earlier where they come twice. A date without a time is the start of that day, or
    with `end_of_day` its last nanosecond.
    """
    wall = wall_times(texts)
    is_date = np.fromiter((len(t) == 10 for t in texts), dtype=bool, count=len(texts))
    if zone is UTC:
        times = wall.tz_localize(UTC)
        last = times + pd.Timedelta(1, "D") - pd.Timedelta(1, "ns")
        return times.where(~is_date, last) if end_of_day else times
    is_local = ~is_date & ~has_offset(texts)
    days = pd.DatetimeIndex(wall.where(is_date))
    last = starts(days + pd.Timedelta(1, "D"), zone) - pd.Timedelta(1, "ns")
    times = zoned(pd.DatetimeIndex(wall.where(is_local)), zone)
    times = times.where(~is_date, last if end_of_day else starts(days, zone))
    return times.where(~has_offset(texts), wall.tz_localize(UTC).tz_convert(zone))


def wall_times(texts: Sequence[str]) -> pd.DatetimeIndex:
    """Return times as written, shape (n,), those with an offset in UTC, without zone.

    NaT where a text is not ISO 8601.
    """
    whole = _TIME.fullmatch
    iso = np.array([t if whole(t) else None for t in texts], dtype=object)
    parsed = pd.to_datetime(iso, format="ISO8601", utc=True, errors="coerce")
    return pd.DatetimeIndex(parsed).as_unit("ns").tz_localize(None)


def has_offset(texts: Sequence[str]) -> np.ndarray:
    """Tell which times say their offset from UTC, shape (n,) bool."""
    offset = _OFFSET.search
    return np.array([offset(text) is not None for text in texts], dtype=bool)


def booleans(texts: Iterable[str]) -> np.ndarray:
    """Return 1 for true and 0 for false, shape (n,); NaN where a text is neither."""
    return np.array([_BOOLEANS.get(t.lower(), np.nan) for t in texts], dtype=float)


def lists(texts: Iterable[str]) -> list[tuple[str, ...]]:
    """Return the parts between ``|``, without empty and repeated ones."""
    return [
        tuple(dict.fromkeys(part.strip() for part in text.split("|") if part.strip()))
        for text in texts
    ]
