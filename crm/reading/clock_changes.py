"""Local times that clock changes skip or repeat, told with what mends them."""

from dataclasses import dataclass
from datetime import UTC, tzinfo

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from crm.cells import wall_times
from crm.issues import Issue
from crm.table import Table
from crm.zones import comes_twice, is_skipped

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
    codes, distinct = pd.factorize(texts, use_na_sentinel=False)
    is_date = np.array([len(text) == _DATE for text in distinct], dtype=bool)
    wall, is_local = wall_times(list(distinct))
    wall = pd.DatetimeIndex(wall.where(is_local & ~is_date))
    return ClockChanges(
        is_skipped(wall, zone)[codes], comes_twice(wall, zone)[codes], zone
    )
