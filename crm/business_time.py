"""Time that passes only while a company is open.

Where clocks change, the company opens when its clocks first show the hour, and closes
when they first show the hour at which it closes.
"""

from datetime import timedelta

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from crm.calendar import Calendar
from crm.opening_hours import WEEK, week_of
from crm.zones import zoned

MINUTE = 60_000_000_000
"""Nanoseconds."""
FARTHEST = timedelta(days=3660)
"""Beyond this nothing is due any more."""
_MARGIN = timedelta(days=30)


def business_time(
    calendar: Calendar, since: pd.DatetimeIndex, until: pd.DatetimeIndex
) -> NDArray[np.int64]:
    """Return the open time between two moments, shape (n,), nanoseconds.

    Where `until` is not after `since`, or one is missing, it is 0.

    Parameters
    ----------
    since, until
        Shape (n,), with a zone.
    """
    known = np.asarray(since.notna()) & np.asarray(until.notna())
    passed: NDArray[np.int64] = np.zeros(len(since), dtype=np.int64)
    if known.any():
        first, last = since[known], until[known]
        opens, closes = _open_spans(calendar, first.min(), last.max())
        difference = _passed(opens, closes, _ns(last))
        difference -= _passed(opens, closes, _ns(first))
        passed[known] = np.maximum(difference, 0)
    return passed


def due_times(
    calendar: Calendar, since: pd.DatetimeIndex, within: int | NDArray[np.int64]
) -> pd.DatetimeIndex:
    """Return when so much open time has passed, shape (n,), in UTC.

    Time that ends with an opening is over when the company closes. Missing where
    `since` is, or where the company is not open for so long in ten years.

    Parameters
    ----------
    since
        Shape (n,), with a zone.
    within
        Nanoseconds, above 0.
    """
    known = np.asarray(since.notna())
    due: NDArray[np.int64] = np.full(len(since), pd.NaT.value, dtype=np.int64)
    if known.any():
        wanted = np.broadcast_to(np.asarray(within, dtype=np.int64), len(since))[known]
        due[known] = _due(calendar, since[known], wanted)
    return pd.DatetimeIndex(due).tz_localize("UTC")


def open_day(calendar: Calendar) -> int:
    """Return how long the company is open on an average open day, in nanoseconds.

    Clock changes and holidays do not count.
    """
    week = [
        sum(end - begin for begin, end in spans)
        for name, spans in zip(WEEK, week_of(calendar.hours), strict=True)
        if name in calendar.working_days and spans
    ]
    return MINUTE * sum(week) // len(week) if week else 0


def _due(
    calendar: Calendar, since: pd.DatetimeIndex, within: NDArray[np.int64]
) -> NDArray[np.int64]:
    ahead = _MARGIN + 2 * timedelta(microseconds=int(within.max()) // 1000)
    while True:
        opens, closes = _open_spans(calendar, since.min(), since.max() + ahead)
        total = np.cumsum(closes - opens)
        wanted = _passed(opens, closes, _ns(since)) + within
        if ahead > FARTHEST or (len(total) and total[-1] >= wanted.max()):
            break
        ahead = 2 * ahead
    which = np.searchsorted(total, wanted, side="left")
    is_known = which < len(total)
    which = np.where(is_known, which, 0)
    if not len(total):
        return np.full(len(since), pd.NaT.value, dtype=np.int64)
    due = closes[which] - (total[which] - wanted)
    return np.where(is_known, due, pd.NaT.value)


def _passed(
    opens: NDArray[np.int64], closes: NDArray[np.int64], moments: NDArray[np.int64]
) -> NDArray[np.int64]:
    """Return the open time before each moment, shape (n,), nanoseconds."""
    if not len(opens):
        return np.zeros(len(moments), dtype=np.int64)
    before = np.concatenate([[0], np.cumsum(closes - opens)])
    which = np.searchsorted(opens, moments, side="right") - 1
    of_span = np.minimum(moments, closes[which]) - opens[which]
    return np.where(which < 0, 0, before[which] + of_span)


def _open_spans(
    calendar: Calendar, first: pd.Timestamp, last: pd.Timestamp
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return when the company opens and closes, each shape (n_spans,), in order."""
    local = [
        moment.tz_convert(calendar.zone).tz_localize(None) for moment in (first, last)
    ]
    begin, end = local[0].normalize() - timedelta(days=1), local[1].normalize()
    days = pd.date_range(begin, end + timedelta(days=1), freq="D", unit="ns")
    works = np.array([calendar.works_on(day.date()) for day in days], dtype=bool)
    opens, closes = [], []
    for weekday, spans in enumerate(week_of(calendar.hours)):
        own = days[works & (days.day_of_week == weekday)]
        for start, stop in spans:
            opens.append(_moments(own, start, calendar))
            closes.append(_moments(own, stop, calendar))
    order = np.argsort(np.concatenate(opens), kind="stable")
    return np.concatenate(opens)[order], np.concatenate(closes)[order]


def _moments(
    days: pd.DatetimeIndex, minute: int, calendar: Calendar
) -> NDArray[np.int64]:
    return _ns(zoned(days + timedelta(minutes=minute), calendar.zone))


def _ns(moments: pd.DatetimeIndex) -> NDArray[np.int64]:
    return moments.as_unit("ns").asi8
