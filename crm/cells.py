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
_CLOCK = r"[0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:[.,][0-9]{1,9})?)?"
_OFFSET = r"(?: ?(?:Z|[+-][0-9]{2}(?::?[0-9]{2})?))"
_TIME = re.compile(rf"{_DAY}(?:[T ]{_CLOCK}{_OFFSET}?)?")
_LOCAL = re.compile(rf"{_DAY}(?:[T ]{_CLOCK})?")
_TRUE = "true t yes y 1 on ja j wahr oui vrai si sí verdadero"
_FALSE = "false f no n 0 off nein falsch non faux falso"
TRUTHS = dict.fromkeys(_TRUE.split(), 1) | dict.fromkeys(_FALSE.split(), 0)
"""Word in lower case -> 1 for true, 0 for false."""
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


def timestamps(
    texts: Sequence[str], end_of_day: bool = False, zone: str = "UTC"
) -> pd.DatetimeIndex:
    """Return the times, shape (n,) UTC; NaT where a text is not ISO 8601.

    A date without a time is the start of that day, or with `end_of_day` its last
    nanosecond.

    Parameters
    ----------
    zone
        Zone of times without an offset. Of an hour that comes twice, the first is
        meant; a time that is skipped is the moment after.
    """
    times, is_local = _parsed(texts)
    if end_of_day:
        is_date = np.fromiter((len(t) == 10 for t in texts), bool, count=len(texts))
        last = times + pd.Timedelta(1, "D") - pd.Timedelta(1, "ns")
        times = times.where(~is_date, last)
    if zone == "UTC" or not is_local.any():
        return times
    local = times.tz_localize(None).tz_localize(
        zone, ambiguous=np.ones(len(times), bool), nonexistent="shift_forward"
    )
    return times.where(~is_local, local.tz_convert("UTC"))


def are_iso(texts: Sequence[str]) -> bool:
    """Tell whether all texts are written as ISO 8601 dates or times."""
    return bool(have_shape(texts, _TIME).all())


def shifted_clock(texts: Sequence[str], zone: str) -> np.ndarray:
    """Tell which times come twice or never in a zone, shape (n,) bool."""
    times, is_local = _parsed(texts)
    local = times.tz_localize(None).tz_localize(
        zone, ambiguous="NaT", nonexistent="NaT"
    )
    return np.asarray(is_local & local.isna() & times.notna())


def _parsed(texts: Sequence[str]) -> tuple[pd.DatetimeIndex, np.ndarray]:
    """Return the times as if those without an offset were UTC, and which these are."""
    is_local = have_shape(texts, _LOCAL)
    is_time = is_local if is_local.all() else have_shape(texts, _TIME)
    iso = np.array(texts, dtype=object)
    iso[~is_time] = None
    has_comma = is_time & np.array(["," in text for text in texts], dtype=bool)
    iso[has_comma] = [text.replace(",", ".") for text in iso[has_comma]]
    parsed = pd.to_datetime(iso, format="ISO8601", utc=True, errors="coerce")
    years = parsed.year
    usual = (years >= _YEARS[0]) & (years <= _YEARS[1])
    times = pd.DatetimeIndex(parsed.where(usual)).as_unit("ns")
    return times, is_local


def booleans(texts: Iterable[str]) -> np.ndarray:
    """Return 1 for true and 0 for false, shape (n,); NaN where a text is neither."""
    return np.array([TRUTHS.get(t.lower(), np.nan) for t in texts], dtype=float)


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
