"""Clocks of a time zone: its days, and local times that clock changes skip or repeat.

Times of a table are in the company's zone, so that the day of a time is its local day.
"""

from datetime import UTC, date, datetime, timedelta, tzinfo
from zoneinfo import ZoneInfo, available_timezones

import numpy as np
import pandas as pd
from numpy.typing import NDArray

DAY = timedelta(days=1)


def first_moment(day: date, zone: tzinfo) -> pd.Timestamp:
    """Return the first moment of a day, which is not always midnight."""
    midnight = pd.Timestamp(day.year, day.month, day.day)
    local = midnight.tz_localize(zone, ambiguous=True, nonexistent="shift_forward")
    return local.as_unit("ns")


def last_moment(day: date, zone: tzinfo) -> pd.Timestamp:
    """Return the last microsecond of a day."""
    return first_moment(day + DAY, zone) - timedelta(microseconds=1)


def start_of_day(moment: pd.Timestamp) -> pd.Timestamp:
    """Return the first moment of a moment's day, in its own zone."""
    return first_moment(moment.date(), moment.tzinfo or UTC)


def span(
    moment: date | datetime, zone: tzinfo = UTC
) -> tuple[pd.Timestamp, pd.Timestamp]:
    """Return the first and the last moment of a date; of a time, itself.

    A time without an offset is read in the zone: the earlier one where it comes twice,
    the next one there is where clocks skip it.
    """
    if not isinstance(moment, datetime):
        return first_moment(moment, zone), last_moment(moment, zone)
    time = pd.Timestamp(moment)
    if moment.tzinfo is None:
        time = time.tz_localize(zone, ambiguous=True, nonexistent="shift_forward")
    return (time.tz_convert(zone),) * 2


def zone_of(name: str) -> tzinfo:
    """Return a time zone by its name."""
    return UTC if name == "UTC" else ZoneInfo(name)


def known_zones(names: pd.Series) -> pd.Series:
    """Return the names that are of time zones, others as ``""``, shape (n,)."""
    known = available_timezones()
    distinct = {name: name if name in known else "" for name in names.unique()}
    return names.map(distinct).astype(object)


def zoned(wall: pd.DatetimeIndex, zone: tzinfo) -> pd.DatetimeIndex:
    """Return local times with their zone, shape (n,).

    Of two moments with one local time it is the earlier; a time that clocks skip is
    the moment after.

    Parameters
    ----------
    wall
        Shape (n,), without a zone.
    """
    earlier = np.ones(len(wall), dtype=bool)
    return wall.tz_localize(zone, ambiguous=earlier, nonexistent="shift_forward")


def is_skipped(wall: pd.DatetimeIndex, zone: tzinfo) -> NDArray[np.bool_]:
    """Tell which local times no moment has, shape (n,)."""
    earlier = np.ones(len(wall), dtype=bool)
    known = wall.tz_localize(zone, ambiguous=earlier, nonexistent="NaT")
    return np.asarray(known.isna()) & np.asarray(wall.notna())


def comes_twice(wall: pd.DatetimeIndex, zone: tzinfo) -> NDArray[np.bool_]:
    """Tell which local times two moments have, shape (n,)."""
    clear = wall.tz_localize(zone, ambiguous="NaT", nonexistent="shift_forward")
    return np.asarray(clear.isna()) & np.asarray(wall.notna())


def day_of(times: pd.Series) -> pd.Series:
    """Return the local day of each time, as midnights without a zone."""
    return times.dt.tz_localize(None).dt.normalize()


def in_zone(frame: pd.DataFrame, zone: tzinfo) -> pd.DataFrame:
    """Return the frame with all its times in one zone."""
    times = {
        name: column.dt.tz_convert(zone)
        for name, column in frame.items()
        if isinstance(column.dtype, pd.DatetimeTZDtype)
    }
    return frame.assign(**{str(name): column for name, column in times.items()})


def moment_text(moment: pd.Timestamp) -> str:
    """Return a moment to the second with its offset, ``Z`` in UTC."""
    return moment.isoformat(timespec="seconds").replace("+00:00", "Z")
