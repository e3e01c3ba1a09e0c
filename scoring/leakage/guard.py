"""The guard against target leakage."""

from collections.abc import Iterator
from dataclasses import dataclass

import pandas as pd
from pandas.api.types import is_datetime64_any_dtype, is_numeric_dtype

from scoring.history.cells import age_in_days, spread_out
from scoring.history.rows import is_won
from scoring.leakage.discrimination import find_discrimination
from scoring.leakage.hindsight import find_delay, find_later
from scoring.leakage.leak import Leak
from scoring.leakage.names import is_aftermath
from scoring.leakage.skew import find_skew

MAX_ROWS = 20_000
RECENT_SHARE = 0.2
MIN_RECENT = 100


@dataclass(frozen=True)
class LeakageGuard:
    """Closed rows, open rows and leads that columns are checked on.

    Attributes
    ----------
    rows
        Closed history in order of time, (n_rows,); a spread-out sample of it.
    newest
        The newest closed rows, to compare leads and open rows with.
    contemporary
        Closed rows assigned when the open rows were.
    open_rows
        Rows of history whose outcome is not known, (n_open,).
    leads
        Leads to be scored, (n_leads,).
    """

    rows: pd.DataFrame
    newest: pd.DataFrame
    contemporary: pd.DataFrame
    open_rows: pd.DataFrame
    leads: pd.DataFrame

    def find(self, name: str) -> Leak | None:
        """Return why this column of history may have target leakage, `None` if not so.

        The first that is certain, otherwise the first.
        """
        doubts = []
        for leak in self._leaks(name):
            if leak and leak.certain:
                return leak
            doubts += [leak] if leak else []
        return doubts[0] if doubts else None

    def _leaks(self, name: str) -> Iterator[Leak | None]:
        if is_aftermath(name):
            yield Leak("by its name, it is only known afterwards")
        column = self.rows[name]
        if is_datetime64_any_dtype(column):
            yield find_later(column, self.rows["assigned_at"])
            column = pd.Series(age_in_days(self.rows, name))
        elif is_numeric_dtype(column):
            yield find_delay(column, self.rows)
        newest, contemporary = self.newest[name], self.contemporary[name]
        open_rows = self.open_rows.get(name)
        yield find_skew(newest, open_rows, "open rows")
        yield find_skew(newest, self.leads.get(name), "leads")
        yield find_skew(contemporary, open_rows, "open rows", any_constant=True)
        yield find_discrimination(name, column, is_won(self.rows))


def make_guard(
    rows: pd.DataFrame, open_rows: pd.DataFrame | None, leads: pd.DataFrame | None
) -> LeakageGuard:
    """Return the guard over closed rows in order of time, open rows and leads.

    Open rows and leads are compared with the newest closed rows, lest a column
    that is asked for less often than years ago be taken for a leak. That
    all open rows hold the same value is suspicious only beside closed rows of the
    same days.
    """
    nothing = rows.iloc[:0]
    open_rows = nothing if open_rows is None else open_rows
    contemporary = rows["assigned_at"] >= open_rows["assigned_at"].min()
    n_newest = max(MIN_RECENT, round(len(rows) * RECENT_SHARE))
    return LeakageGuard(
        rows=rows.iloc[spread_out(len(rows), MAX_ROWS)],
        newest=rows.iloc[-n_newest:],
        contemporary=rows[contemporary],
        open_rows=open_rows,
        leads=nothing if leads is None else leads,
    )
