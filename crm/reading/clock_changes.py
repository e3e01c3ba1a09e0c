"""Local times that clock changes skip or repeat, told with what mends them."""

from dataclasses import dataclass
from datetime import UTC, tzinfo

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from crm.cells import wall_times
from crm.issues import Issue
from crm.table import Table
from crm.zones import comes_twice, is_skipped, zoned

_DATE = 10


@dataclass(frozen=True)
class ClockChanges:
    """The cells of a column of times that clock changes skip or repeat.

    Attributes
    ----------
    skipped, repeated
        Shape (n_rows,) bool.
    zone
        The zone of the clocks.
    """

    skipped: NDArray[np.bool_]
    repeated: NDArray[np.bool_]
    zone: tzinfo

    def issues(self, table: Table, column: str) -> list[Issue]:
        """Return a warning for each time that is none, and for each of two."""
        never = (
            f"clocks in {self.zone} skip this time: it is read as the moment after; is "
            "the column of another zone? `time_zone` says which"
        )
        twice = (
            f"clocks in {self.zone} show this time twice: it is read as the earlier; "
            "an offset in the file says which"
        )
        return [
            *table.issues(self.skipped, column, never, "warning"),
            *table.issues(self.repeated, column, twice, "warning"),
        ]


def clock_changes(texts: NDArray[np.object_], zone: tzinfo) -> ClockChanges:
    """Return which texts, (n_rows,), are local times that are none, or two."""
    nowhere = np.zeros(len(texts), dtype=bool)
    if zone is UTC:
        return ClockChanges(nowhere, nowhere, zone)
    at = np.flatnonzero(_on_odd_days(texts, zone))
    wall, is_local = wall_times(texts[at].tolist())
    wall = pd.DatetimeIndex(wall.where(is_local))
    skipped, repeated = nowhere.copy(), nowhere.copy()
    skipped[at], repeated[at] = is_skipped(wall, zone), comes_twice(wall, zone)
    return ClockChanges(skipped, repeated, zone)


def _on_odd_days(texts: NDArray[np.object_], zone: tzinfo) -> NDArray[np.bool_]:
    """Tell which times are of days that do not have 24 hours, (n_rows,)."""
    codes, days = pd.factorize(np.array([text[:_DATE] for text in texts], object))
    first, _ = wall_times(days.tolist())
    length = zoned(first + pd.Timedelta(1, "D"), zone) - zoned(first, zone)
    is_odd = np.asarray(first.notna() & (length != pd.Timedelta(1, "D")), dtype=bool)
    has_time = np.array([len(text) > _DATE for text in texts], dtype=bool)
    return has_time & is_odd[codes]
