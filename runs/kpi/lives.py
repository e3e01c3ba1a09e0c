"""One row per lead that the runs of a window met, and what became of it."""

import gc
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import repeat
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from sqlalchemy import Connection

from ledger.measures import lives as asked
from ledger.measures.numbers import (
    columns_of,
    long_columns_of,
    numbers_of,
    shares_of,
)
from runs.kpi.window import Window

OPEN, WON, LOST, MERGED = "open", "won", "lost", "merged"
STATES = (OPEN, WON, LOST, MERGED)
CLOSED_AS = {"won": WON, "lost": LOST, "merged": MERGED}


@dataclass(frozen=True, eq=False)
class Lives:
    """The leads that the runs of a window met.

    Attributes
    ----------
    window
        The days.
    runs
        One row per run of these days that counts: ``number``, ``day``, ``as_of``.
    leads
        One row per lead, by ``lead_id``: ``created`` and ``met`` (milliseconds since
        1970, as all moments), ``distributed`` (when it first had an owner, in the
        window; NaN for never, or before), ``is_earlier`` (it had one before the
        window), ``rep_id`` (who had it last), ``p_convert`` of the first assignment by
        a run, ``times`` assigned by runs, ``state`` (open, won, lost, merged),
        ``closed``, ``revenue``, ``responded`` (the first time after `distributed`),
        and the columns that were asked for, as text.
    place
        Lead -> its row.
    """

    window: Window
    runs: pd.DataFrame
    leads: pd.DataFrame
    place: Mapping[str, int]

    def rows_of(self, lead_ids: Sequence[str]) -> NDArray[np.intp]:
        """Return the row of each lead in `leads`, (n,); -1 where it has none."""
        return _places(self.place, lead_ids)


def lives_of(
    connection: Connection, window: Window, columns: Sequence[str] = ()
) -> Lives:
    """Return what became of the leads that the runs of a window met.

    Parameters
    ----------
    columns
        Further columns of leads.
    """
    days = window.first, window.last
    with _no_garbage():
        runs = _frame(connection, asked.runs_of(*days), "number", "day", "as_of")
        decided = long_columns_of(connection, asked.decided(*days, columns))
        made = _Made(decided, runs)
        leads = made.leads(columns)
        given = _people(connection, window, made.place)
        _first_owner(leads, made, given)
        _mark_earlier(connection, window, leads, runs)
        _add_events(connection, window, leads, made.place)
    return Lives(window, runs, leads, made.place)


@contextmanager
def _no_garbage() -> Iterator[None]:
    """Keep the garbage collector from looking through millions of new cells."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


class _Made:
    """What the runs of a window decided, (n,) each, in their order."""

    def __init__(self, columns: Sequence[Any], runs: pd.DataFrame) -> None:
        lead_ids, numbers, rep_ids, p_convert, *self._cells = _in_order(columns)
        ids = dict.fromkeys(lead_ids)
        self.place = dict(zip(ids, range(len(ids)), strict=True))
        self.lead = _places(self.place, lead_ids)
        number = runs["number"].to_numpy(dtype="int64")
        as_of = runs["as_of"].to_numpy(dtype=np.float64)
        self.at = as_of[np.searchsorted(number, numbers)]
        self.rep = np.array(rep_ids, dtype=object)
        self.p_convert = shares_of(p_convert)
        self.is_assigned = self.rep != ""

    def leads(self, columns: Sequence[str]) -> pd.DataFrame:
        """Return one row per lead: when a run first met it, and what it is like."""
        n = len(self.place)
        met = _first(self.lead, self.at, n)
        times = np.bincount(self.lead[self.is_assigned], minlength=n)
        first = np.unique(self.lead, return_index=True)[1]
        created, first_run, *cells = self._cells
        index = pd.Index(np.array(list(self.place), dtype=object), name="lead_id")
        table = {"met": met, "times": times}
        for name, numbers in (("created", created), ("first_run", first_run)):
            table[name] = numbers_of(numbers[first])
        for name, texts in zip(columns, cells, strict=True):
            own = np.array(texts, dtype=object)[first]
            table[f"column {name}"] = np.where(own == None, "", own)  # noqa: E711
        return pd.DataFrame(table, index=index)


def _in_order(columns: Sequence[Any]) -> Sequence[Any]:
    """Return the columns in the order of runs, which the second one numbers."""
    run = columns[1]
    if (run[1:] >= run[:-1]).all():
        return columns
    order = np.argsort(run, kind="stable")
    return [np.asarray(cells, dtype=_kind(cells))[order] for cells in columns]


def _kind(cells: Any) -> Any:
    return cells.dtype if isinstance(cells, np.ndarray) else object


def _people(
    connection: Connection, window: Window, place: Mapping[str, int]
) -> pd.DataFrame:
    """Return the assignments that no run made, up to the end of the window."""
    names = "lead_id", "at", "rep_id", "cause"
    given = _frame(connection, asked.given_by_people(), *names)
    given["lead"] = _places(place, given["lead_id"].tolist())
    is_known = (given["lead"] >= 0) & (given["at"] <= window.now_ms)
    return given[is_known].reset_index(drop=True)


def _first_owner(leads: pd.DataFrame, made: _Made, given: pd.DataFrame) -> None:
    """Add when each lead first had an owner, what was expected, and who had it last."""
    own, n = np.flatnonzero(made.is_assigned), len(leads)
    lead = np.concatenate([made.lead[own], given["lead"].to_numpy(dtype="int64")])
    at = np.concatenate([made.at[own], given["at"].to_numpy(dtype=np.float64)])
    rep = np.concatenate([made.rep[own], given["rep_id"].to_numpy(dtype=object)])
    leads["distributed"] = _first(lead, at, n)
    last = np.full(n, "", dtype=object)
    order = np.argsort(at, kind="stable")
    last[lead[order]] = rep[order]
    leads["rep_id"] = last
    expected = np.full(n, np.nan)
    expected[made.lead[own][::-1]] = made.p_convert[own][::-1]
    leads["p_convert"] = expected


def _mark_earlier(
    connection: Connection, window: Window, leads: pd.DataFrame, runs: pd.DataFrame
) -> None:
    """Tell which leads had an owner before the window; they are not distributed in it.

    A run may have met them earlier, or a person given them away.
    """
    start = window.calendar.start_of(window.first).timestamp() * 1000
    is_earlier = (leads["distributed"] < start).to_numpy(copy=True)
    first = runs["number"].min() if len(runs) else 0
    old = np.flatnonzero((leads["first_run"] < first).to_numpy())
    query = asked.assigned_before(window.first, list(leads.index[old]))
    (found,) = columns_of(connection, query)
    is_earlier[old] |= leads.index[old].isin(list(found))
    leads["is_earlier"] = is_earlier
    leads["distributed"] = leads["distributed"].mask(is_earlier)


def _add_events(
    connection: Connection,
    window: Window,
    leads: pd.DataFrame,
    place: Mapping[str, int],
) -> None:
    """Add how leads ended, and when somebody first responded."""
    kinds = *asked.ENDS, "responded"
    ids, kind, moments, number = long_columns_of(connection, asked.events_of(*kinds))
    lead, at = _places(place, ids), numbers_of(moments)
    counts, is_end = (lead >= 0) & (at <= window.now_ms), kind < len(asked.ENDS)
    rows = np.flatnonzero(counts & is_end)
    rows = rows[np.argsort(number[rows], kind="stable")]
    value = _values(connection, number[rows])
    _add_ends(leads, lead[rows], kind[rows], at[rows], value)
    start = leads["distributed"].to_numpy()
    rows = np.flatnonzero(counts & ~is_end)
    rows = rows[at[rows] >= start[lead[rows]]]
    leads["responded"] = _first(lead[rows], at[rows], len(leads))


def _values(connection: Connection, number: NDArray[np.int64]) -> NDArray[np.float64]:
    """Return the value that each event won, (n,); NaN where it has none."""
    known, value = columns_of(connection, asked.won_values())
    won = pd.Series(np.array(value, dtype=np.float64), pd.Index(known, dtype="int64"))
    return np.asarray(won.reindex(number), dtype=np.float64)


def _add_ends(
    leads: pd.DataFrame,
    lead: NDArray[np.intp],
    kind: NDArray[np.int64],
    at: NDArray[np.float64],
    value: NDArray[np.float64],
) -> None:
    """Add the state that the last of these events left: it goes over earlier ones."""
    last = np.full(len(leads), -1)
    last[lead] = np.arange(len(lead))
    of_kind = np.array([STATES.index(CLOSED_AS.get(k, OPEN)) for k in asked.ENDS])
    state = np.zeros(len(leads), dtype="int64")
    state[last >= 0] = of_kind[kind[last[last >= 0]]]
    is_won, is_closed = state == STATES.index(WON), state > 0
    closed, revenue = np.full(len(leads), np.nan), np.zeros(len(leads))
    closed[is_closed] = at[last[is_closed]]
    revenue[is_won] = np.nan_to_num(value[last[is_won]])
    leads["state"] = pd.Categorical.from_codes(state, pd.Index(STATES))
    leads["closed"], leads["revenue"] = closed, revenue


def _first(
    lead: NDArray[np.intp], at: NDArray[np.float64], n: int
) -> NDArray[np.float64]:
    """Return the first moment of each lead, (n,); NaN where there is none."""
    found = np.full(n, np.inf)
    np.minimum.at(found, lead, at)
    return np.where(np.isinf(found), np.nan, found)


def _places(place: Mapping[str, int], ids: Sequence[str]) -> NDArray[np.intp]:
    """Return the place of each id, (n,); -1 where it has none."""
    found = map(place.get, ids, repeat(-1))
    return np.fromiter(found, dtype=np.intp, count=len(ids))


def _frame(connection: Connection, query: Any, *names: str) -> pd.DataFrame:
    columns = columns_of(connection, query)
    cells = zip(names, columns, strict=True)
    return pd.DataFrame({name: list(column) for name, column in cells})
