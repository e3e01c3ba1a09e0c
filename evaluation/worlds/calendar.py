"""The days of a world."""

import pandas as pd

STARTS_AT = pd.Timestamp("2026-01-05T00:00:00Z").as_unit("ns")
"""The Monday on which history ends and the first day to allocate begins."""
DAY_ENDS = pd.Timedelta(hours=18)
"""When the last leads of a day have come."""


def working_days(n_days: int) -> pd.DatetimeIndex:
    """Return the first days from :data:`STARTS_AT` on, Monday to Friday, (n_days,)."""
    return pd.bdate_range(STARTS_AT, periods=n_days)


def days_before(n_days: int) -> pd.DatetimeIndex:
    """Return the last days before :data:`STARTS_AT`, Monday to Friday, (n_days,)."""
    return pd.bdate_range(end=STARTS_AT - pd.Timedelta(days=1), periods=n_days)


def week_of(days: pd.DatetimeIndex) -> pd.DatetimeIndex:
    """Return the Monday of each day's week, same shape."""
    midnight = days.normalize()
    return midnight - pd.to_timedelta(midnight.day_of_week, unit="D")
