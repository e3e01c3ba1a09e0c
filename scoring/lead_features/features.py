"""The features of a lead, as numbers and codes."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from scoring.history.cells import DAY, age_in_days, codes, numbers, signed_log

WEEKDAY = "created_at weekday"
HOUR = ("created_at hour (sine)", "created_at hour (cosine)")
SEASON = ("created_at season (sine)", "created_at season (cosine)")
AGE = "days from "
"""Prefix of the name of an age; the time column's name follows."""
MAX_LEVELS = 30
"""Levels of a text column above which it is target-encoded."""
UNKNOWN_DAY = 7
DAYS_IN_YEAR = 365.25
DIGITS = 9
"""Of sines and cosines: what comes after is rounding."""
MIN_YEARS = 2
"""Each season must have been seen twice: in a single year it cannot be told from
a trend, and would be carried into the next year as if it came back."""


@dataclass(frozen=True)
class Features:
    """The feature columns of a lead, with the ranges and levels seen in history.

    Attributes
    ----------
    numeric
        Numbers -> the least and the greatest seen.
    logged
        Those of `numeric` with a heavy tail, such as money: taken on a signed
        logarithmic scale.
    categorical
        Columns read as text -> the different texts seen, sorted; ``""`` is one.
    moments
        Hour and season of `created_at` on their circles, as far as they are used beside
        its weekday -> the least and the greatest seen.
    dropped
        Column -> why it is not used.
    encoded
        Columns of too many texts for a column each -> the different texts seen,
        sorted; a pipeline target-encodes them.
    ages
        Those of `numeric` that are days up to `created_at` -> the time column
        they are counted from.
    leaks
        Those of `dropped` with target leakage -> why.
    suspects
        Columns that are used although they might have target leakage -> why.
    aliases
        Those of `dropped` that are the rep under another name -> why.
    tells_rep
        Columns that are used and determine which rep had the lead -> how far.
    """

    numeric: Mapping[str, tuple[float, float]]
    logged: tuple[str, ...]
    categorical: Mapping[str, tuple[str, ...]]
    moments: Mapping[str, tuple[float, float]]
    dropped: Mapping[str, str]
    encoded: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    ages: Mapping[str, str] = field(default_factory=dict)
    leaks: Mapping[str, str] = field(default_factory=dict)
    suspects: Mapping[str, str] = field(default_factory=dict)
    aliases: Mapping[str, str] = field(default_factory=dict)
    tells_rep: Mapping[str, str] = field(default_factory=dict)

    @property
    def numeric_names(self) -> list[str]:
        """Names of the float64 columns of :meth:`frame`."""
        return [*self.numeric, *self.moments]

    @property
    def categorical_names(self) -> list[str]:
        """Names of the integer columns of few levels of :meth:`frame`."""
        return [*self.categorical, WEEKDAY]

    @property
    def encoded_names(self) -> list[str]:
        """Names of the integer columns of many levels of :meth:`frame`."""
        return list(self.encoded)

    def frame(self, table: pd.DataFrame) -> pd.DataFrame:
        """Return the features of leads or history, (n_rows, n_features).

        Numbers beyond what history has seen count as the nearest that it has. Texts
        become their place among those seen, -1 for others; weekdays 0 for Monday to 6,
        and 7 where the time is missing. A column the table lacks counts as missing in
        every row.
        """
        columns = {
            name: np.clip(self._amounts(table, name), *bounds)
            for name, bounds in self.numeric.items()
        }
        columns |= {name: signed_log(columns[name]) for name in self.logged}
        circles = moments_of(table["created_at"]) if self.moments else {}
        columns |= {
            name: np.clip(circles[name], *bounds)
            for name, bounds in self.moments.items()
        }
        for name, levels in {**self.categorical, **self.encoded}.items():
            columns[name] = codes(table, name, levels)
        columns[WEEKDAY] = weekday(table["created_at"])
        return pd.DataFrame(columns, index=table.index)

    def _amounts(self, table: pd.DataFrame, name: str) -> np.ndarray:
        if name in self.ages:
            return age_in_days(table, self.ages[name])
        return numbers(table, name)


def weekday(created_at: pd.Series) -> np.ndarray:
    """Return 0 for Monday to 6 for Sunday, (n_rows,) int64, 7 where missing."""
    return created_at.dt.day_of_week.fillna(UNKNOWN_DAY).to_numpy(dtype=np.int64)


def moments_of(created_at: pd.Series) -> dict[str, np.ndarray]:
    """Return hour and season on their circles, (n_rows,) float64 each."""
    return hour_of_day(created_at) | season_of_year(created_at)


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
    circle = np.round((np.sin(angle), np.cos(angle)), DIGITS)
    return dict(zip(names, circle, strict=True))


def has_seasons(created_at: pd.Series) -> bool:
    """Tell whether the times span `MIN_YEARS`."""
    span = created_at.max() - created_at.min()
    return bool(span >= MIN_YEARS * DAYS_IN_YEAR * DAY)
