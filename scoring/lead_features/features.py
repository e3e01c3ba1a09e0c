"""What a lead is judged by, as numbers and codes."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from scoring.lead_features.dates import (
    HOUR,
    SEASON,
    WEEKDAY,
    age_in_days,
    hour_of_day,
    season_of_year,
    weekday,
)
from scoring.lead_features.values import codes, numbers, signed_log


@dataclass(frozen=True)
class Features:
    """The columns a lead is judged by, and what history has seen in them.

    Attributes
    ----------
    numeric
        Numbers -> the least and the greatest seen.
    logged
        Those of `numeric` with a heavy tail, such as money: taken on a signed
        logarithmic scale.
    categorical
        Columns read as text -> the different texts seen, sorted; ``""`` is one.
    hour
        Whether the hour of `created_at` is used beside its weekday.
    dropped
        Column -> why it is not used.
    encoded
        Columns of too many texts for a column each -> the different texts seen,
        sorted; a pipeline replaces each by the win rate it goes with.
    ages
        Those of `numeric` that are days up to `created_at` -> the time column
        they are counted from.
    season
        Whether the day of the year is used.
    leaks
        Those of `dropped` that know the future.
    suspects
        Columns that are used although they might know the future -> why.
    """

    numeric: Mapping[str, tuple[float, float]]
    logged: tuple[str, ...]
    categorical: Mapping[str, tuple[str, ...]]
    hour: bool
    dropped: Mapping[str, str]
    encoded: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    ages: Mapping[str, str] = field(default_factory=dict)
    season: bool = False
    leaks: Mapping[str, str] = field(default_factory=dict)
    suspects: Mapping[str, str] = field(default_factory=dict)

    @property
    def numeric_names(self) -> list[str]:
        """Names of the float64 columns of :meth:`frame`."""
        circles = (HOUR if self.hour else ()) + (SEASON if self.season else ())
        return [*self.numeric, *circles]

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

        Numbers beyond what history has seen count as the nearest that it has, for
        nothing is known out there. Texts become their place among those seen, -1
        for others; weekdays 0 for Monday to 6, and 7 where the time is missing. A
        column the table lacks counts as missing in every row.
        """
        columns = {
            name: np.clip(self._amounts(table, name), *seen)
            for name, seen in self.numeric.items()
        }
        columns |= {name: signed_log(columns[name]) for name in self.logged}
        if self.hour:
            columns |= hour_of_day(table["created_at"])
        if self.season:
            columns |= season_of_year(table["created_at"])
        for name, levels in {**self.categorical, **self.encoded}.items():
            columns[name] = codes(table, name, levels)
        columns[WEEKDAY] = weekday(table["created_at"])
        return pd.DataFrame(columns, index=table.index)

    def _amounts(self, table: pd.DataFrame, name: str) -> np.ndarray:
        if name in self.ages:
            return age_in_days(table, self.ages[name])
        return numbers(table, name)
