"""The days that figures are of, in periods, in the company's zone."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from crm import Calendar

Every = Literal["day", "week", "month"]
EVERY: tuple[Every, ...] = ("day", "week", "month")
DAYS_BACK = 365
"""Days of a window without a beginning."""
MOST_DAYS, MOST_WEEKS = 21, 26
"""Periods of a window whose length nobody gave."""
HOUR = 3_600_000
"""Milliseconds."""


@dataclass(frozen=True)
class Window:
    """The days that figures are of.

    Attributes
    ----------
    first, last
        Days of the company, both inside.
    now
        The moment that is looked from (UTC); never after the last day's end.
    every
        Length of a period.
    calendar
        The company's.
    """

    first: date
    last: date
    now: datetime
    every: Every
    calendar: Calendar

    @classmethod
    def of(
        cls,
        calendar: Calendar,
        now: datetime,
        first: date | None = None,
        last: date | None = None,
        every: Every | None = None,
    ) -> "Window":
        """Return the window: by default the year before today, in fitting periods."""
        today = calendar.date_of(pd.Timestamp(now))
        last = today if last is None else last
        first = last - timedelta(days=DAYS_BACK - 1) if first is None else first
        end = calendar.start_of(last + timedelta(days=1)).to_pydatetime(warn=False)
        days = (last - first).days + 1
        fitting: Every = "day" if days <= MOST_DAYS else "week"
        if days > 7 * MOST_WEEKS:
            fitting = "month"
        return cls(first, last, min(now, end), every or fitting, calendar)

    @property
    def now_ms(self) -> float:
        """The moment that is looked from, in milliseconds since 1970."""
        return self.now.timestamp() * 1000

    def days_of(
        self, moments: Sequence[Any] | NDArray | pd.Series
    ) -> NDArray[np.datetime64]:
        """Return the company's day of each moment, (n,) datetime64[D]; NaT for none.

        Parameters
        ----------
        moments
            Milliseconds since 1970, (n,); NaN for none.
        """
        given = np.asarray(moments, dtype=np.float64)
        whole = np.where(np.isnan(given), 0, given).astype("int64")
        times = pd.DatetimeIndex(whole.astype("datetime64[ms]"), tz="UTC")
        local = times.tz_convert(self.calendar.zone).tz_localize(None)
        days = local.to_numpy().astype("datetime64[D]")
        return np.where(np.isnan(given), np.datetime64("NaT"), days)

    def has(self, days: NDArray[np.datetime64]) -> NDArray[np.bool_]:
        """Tell which days are inside, (n,); a missing one is not."""
        first, last = np.datetime64(self.first), np.datetime64(self.last)
        return np.asarray((days >= first) & (days <= last))

    def business_days_of(self, days: NDArray[np.datetime64]) -> NDArray[np.datetime64]:
        """Return each day, or the next working day where nobody works on it, (n,)."""
        codes, known = pd.factorize(days)
        working = [self._working(pd.Timestamp(day).date()) for day in known]
        found = np.array([*working, None], dtype="datetime64[D]")
        return found[codes]

    def _working(self, day: date) -> date:
        if self.calendar.works_on(day):
            return day
        return self.calendar.next_working_day(day) or day

    def periods_of(self, days: NDArray[np.datetime64]) -> NDArray[np.datetime64]:
        """Return the first day of each day's period, (n,): weeks begin on Monday."""
        if self.every == "day":
            return days
        if self.every == "month":
            return days.astype("datetime64[M]").astype("datetime64[D]")
        # 1 January 1970 was a Thursday.
        number = days.astype("datetime64[D]").astype("int64")
        monday = (number - (number + 3) % 7).astype("datetime64[D]")
        return np.where(np.isnat(days), np.datetime64("NaT"), monday)
