"""Text cells: values as text, and text as numbers, times, booleans and lists."""

import re
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, tzinfo
from math import isnan
from typing import Any

import numpy as np
import pandas as pd

from crm.iso_times import quick_times
from crm.shapes import consist_of, have_shape
from crm.zones import zoned

_NUMBER = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?")
_DAY = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"
_YEARS = (1700, 2199)
_DATE = 10
"""Letters of a date without a time."""
_CLOCK = r"[0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:[.,][0-9]{1,9})?)?"
_OFFSET = r"(?: ?(?:Z|[+-][0-9]{2}(?::?[0-9]{2})?))"
_TIME = re.compile(rf"{_DAY}(?:[T ]{_CLOCK}{_OFFSET}?)?")
_LOCAL = re.compile(rf"{_DAY}(?:[T ]{_CLOCK})?")
_TRUE = "true t yes y 1 on ja j wahr oui vrai si sí verdadero"
_FALSE = "false f no n 0 off nein falsch non faux falso"
TRUTHS = dict.fromkeys(_TRUE.split(), 1) | dict.fromkeys(_FALSE.split(), 0)
"""Word in lower case -> 1 for true, 0 for false."""
_PLAIN = "0123456789.-+eE"
_EXACT_INTEGERS = 2.0**53


def cell_text(value: Any) -> str:
    """Return the value as a text cell: ``123``, ``0.5``, ``true``, ``2026-09-07``.

    Whole numbers have no decimal point, and an exponent where a float does not hold
    all their digits. Times are ISO 8601, lists are separated by ``|`` and a missing
    value is ``""``. Space around text is removed.
    """
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, float | np.floating):
        return _number_text(float(value))
    if value is None or value is pd.NaT:
        return ""
    if isinstance(value, bool | np.bool_):
        return "true" if value else "false"
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, list | tuple | np.ndarray):
        return "|".join(map(cell_text, value))
    return str(value)


def _number_text(value: float) -> str:
    if isnan(value):
        return ""
    if not value.is_integer():
        return repr(value)
    if abs(value) < _EXACT_INTEGERS:
        return str(int(value))
    return np.format_float_scientific(value, trim="-")


def numbers(texts: Iterable[str]) -> np.ndarray:
    """Return the numbers, shape (n,) float64; NaN where a text is not a number.

    A number has a decimal point, no thousands separator and no unit, and is
    finite. There is one zero: -0 is 0, as it is when it is written and read again.
    """
    texts = list(texts)
    if (values := _plain_numbers(texts)) is None:
        whole = _NUMBER.fullmatch
        known = {text: float(text) if whole(text) else np.nan for text in set(texts)}
        values = np.fromiter(map(known.__getitem__, texts), float, len(texts))
    values[np.isinf(values)] = np.nan
    values += 0.0
    return values


def _plain_numbers(texts: list[str]) -> np.ndarray | None:
    """Return the numbers where texts have no other characters, most quickly."""
    if not consist_of(texts, _PLAIN):
        return None
    try:
        return np.array([float(t) if t else np.nan for t in texts], dtype=float)
    except ValueError:
        return None


def timestamps(
    texts: Sequence[str],
    end_of_day: bool = False,
    zone: tzinfo = UTC,
    clocks: tzinfo | None = None,
) -> pd.DatetimeIndex:
    """Return the times in the zone, shape (n,); NaT where a text is not ISO 8601.

    A date without a time is the start of that day in the zone, or with `end_of_day` its
    last nanosecond.

    Parameters
    ----------
    zone
        Of the days, and of the result.
    clocks
        Zone of times without an offset; that of the days by default. Where the days
        are in UTC, as by default, it is theirs as well. Of an hour that comes twice,
        the first is meant; a time that is skipped is the moment after.
    """
    wall, is_local = wall_times(texts)
    lengths = np.fromiter(map(len, texts), dtype=np.int64, count=len(texts))
    is_date = lengths == _DATE
    clocks = clocks or zone
    if zone is UTC and clocks is UTC:
        times = wall.tz_localize(UTC)
        if not (end_of_day and is_date.any()):
            return times
        last = times + pd.Timedelta(1, "D") - pd.Timedelta(1, "ns")
        return times.where(~is_date, last)
    first, next_day = _local_days(wall.where(is_date), clocks if zone is UTC else zone)
    dates = next_day - pd.Timedelta(1, "ns") if end_of_day else first
    local = pd.DatetimeIndex(wall.where(is_local & ~is_date))
    times = zoned(local, clocks).tz_convert(zone)
    times = times.where(~is_date, dates.tz_convert(zone))
    return times.where(is_local, wall.tz_localize(UTC).tz_convert(zone))


def _local_days(
    days: pd.Index, zone: tzinfo
) -> tuple[pd.DatetimeIndex, pd.DatetimeIndex]:
    """Return the first moments of days, and of the days after, shape (n,) each."""
    first = pd.DatetimeIndex(days)
    return zoned(first, zone), zoned(first + pd.Timedelta(1, "D"), zone)


def are_iso(texts: Sequence[str]) -> bool:
    """Tell whether all texts are written as ISO 8601 dates or times."""
    return bool(have_shape(texts, _TIME).all())


def wall_times(texts: Sequence[str]) -> tuple[pd.DatetimeIndex, np.ndarray]:
    """Return times as clocks show them, and which say no offset, shape (n,) each.

    Those with an offset are in UTC; NaT where a text is not ISO 8601.
    """
    moments, is_local, is_read = quick_times(texts)
    wall = pd.DatetimeIndex(moments.view("datetime64[ns]"))
    if is_read.all():
        return wall, is_local
    places = np.flatnonzero(~is_read)
    others, is_local[places] = _other_times([texts[k] for k in places.tolist()])
    moments[places] = others.asi8
    return pd.DatetimeIndex(moments.view("datetime64[ns]")), is_local


def _other_times(texts: list[str]) -> tuple[pd.DatetimeIndex, np.ndarray]:
    """Return the same of any texts."""
    is_local = have_shape(texts, _LOCAL)
    is_time = is_local if is_local.all() else have_shape(texts, _TIME)
    iso = np.array(texts, dtype=object)
    iso[~is_time] = None
    has_comma = is_time & np.array(["," in text for text in texts], dtype=bool)
    iso[has_comma] = [text.replace(",", ".") for text in iso[has_comma]]
    parsed = pd.to_datetime(iso, format="ISO8601", utc=True, errors="coerce")
    years = parsed.year
    usual = (years >= _YEARS[0]) & (years <= _YEARS[1])
    wall = pd.DatetimeIndex(parsed.where(usual)).as_unit("ns").tz_localize(None)
    return wall, is_local


def booleans(texts: Iterable[str]) -> np.ndarray:
    """Return 1 for true and 0 for false, shape (n,); NaN where a text is neither."""
    return np.array([TRUTHS.get(t.lower(), np.nan) for t in texts], dtype=float)


def lists(texts: Iterable[str]) -> list[tuple[str, ...]]:
    """Return the parts between ``|``, without empty and repeated ones."""
    return [
        tuple(dict.fromkeys(part.strip() for part in text.split("|") if part.strip()))
        for text in texts
    ]
