"""When a lead came in: its weekday, hour and season, and the days since other times."""

import numpy as np
import pandas as pd

WEEKDAY = "created_at weekday"
HOUR = ("created_at hour (sine)", "created_at hour (cosine)")
SEASON = ("created_at season (sine)", "created_at season (cosine)")
AGE = "days from "
"""How the name of an age begins; the time column's name follows."""
UNKNOWN_DAY = 7
DAYS_IN_YEAR = 365.25
MIN_YEARS = 2
"""Each season must have been seen twice: in a single year it cannot be told from
a trend, and would be carried into the next year as if it came back."""
DAY = pd.Timedelta(days=1)
SECONDS_IN_DAY = 86_400


def weekday(created_at: pd.Series) -> np.ndarray:
    """Return 0 for Monday to 6 for Sunday, (n_rows,) int64, 7 where missing."""
    return created_at.dt.day_of_week.fillna(UNKNOWN_DAY).to_numpy(dtype=np.int64)


def hour_of_day(created_at: pd.Series) -> dict[str, np.ndarray]:
    """Return the hour on a circle of 24, so that 23 is next to 0."""
    return on_circle(HOUR, created_at.dt.hour.to_numpy(dtype=np.float64) / 24)


def season_of_year(created_at: pd.Series) -> dict[str, np.ndarray]:
    """Return the day of the year on a circle, so that December is next to January."""
    day = created_at.dt.day_of_year.to_numpy(dtype=np.float64)
    return on_circle(SEASON, day / DAYS_IN_YEAR)


def on_circle(names: tuple[str, str], turn: np.ndarray) -> dict[str, np.ndarray]:
    """Return sine and cosine of the turns, under these names."""
    angle = 2 * np.pi * turn
    return dict(zip(names, (np.sin(angle), np.cos(angle)), strict=True))


def age_in_days(table: pd.DataFrame, column: str) -> np.ndarray:
    """Return the days from a time column to `created_at`, (n_rows,) float64."""
    if column not in table.columns:
        return np.full(len(table), np.nan)
    return in_days(table["created_at"] - table[column])


def in_days(spans: pd.Series) -> np.ndarray:
    """Return spans of time as days, (n_rows,) float64, missing as NaN."""
    return spans.dt.total_seconds().to_numpy(dtype=np.float64) / SECONDS_IN_DAY


def has_hours(created_at: pd.Series) -> bool:
    """Tell whether some time is not midnight."""
    known = created_at.dropna()
    return bool((known != known.dt.normalize()).any())


def has_seasons(created_at: pd.Series) -> bool:
    """Tell whether the times span `MIN_YEARS`."""
    span = created_at.max() - created_at.min()
    return bool(span >= MIN_YEARS * DAYS_IN_YEAR * DAY)
