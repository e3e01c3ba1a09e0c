"""One row per lead that the runs of a window met, and what became of it."""

import gc
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from sqlalchemy import Connection

from ledger.measures import lives as asked
from ledger.measures.numbers import columns_of
from ledger.schema import decisions
from runs.kpi.window import Window

OPEN, WON, LOST, MERGED = "open", "won", "lost", "merged"
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
    """

    window: Window
    runs: pd.DataFrame
    leads: pd.DataFrame


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
        made = _Made(columns_of(connection, asked.decided(*days)), runs)
        leads = made.leads()
        place = dict(zip(leads.index, range(len(leads)), strict=True))
        given = _people(connection, window, leads, place)
        _first_owner(leads, made, given)
        _add_cells(connection, leads, place, columns)
        _mark_earlier(connection, window, leads, runs)
        _add_events(connection, window, leads, place)
    return Lives(window, runs, leads)


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

    def __init__(self, columns: Sequence[Sequence[Any]], runs: pd.DataFrame) -> None:
        lead_ids, numbers, rep_ids, p_convert = columns
        self.ids = list(dict.fromkeys(lead_ids))
        place = dict(zip(self.ids, range(len(self.ids)), strict=True))
        self.lead = _places(place, lead_ids)
        number = runs["number"].to_numpy(dtype="int64")
        as_of = runs["as_of"].to_numpy(dtype=np.float64)
        self.at = as_of[np.searchsorted(number, _integers(numbers))]
        self.rep = np.array(rep_ids, dtype=object)
        self.p_convert = np.array(p_convert, dtype=np.float64)
        self.is_assigned = self.rep != ""

    def leads(self) -> pd.DataFrame:
        """Return one row per lead, with the moment at which a run first met it."""
        met = _first(self.lead, self.at, len(self.ids))
        times = np.bincount(self.lead[self.is_assigned], minlength=len(self.ids))
        index = pd.Index(np.array(self.ids, dtype=object), name="lead_id")
        return pd.DataFrame({"met": met, "times": times}, index=index)


def _people(
    connection: Connection,
    window: Window,
    leads: pd.DataFrame,
    place: dict[str, int],
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


def _add_cells(
    connection: Connection,
    leads: pd.DataFrame,
    place: dict[str, int],
    columns: Sequence[str],
) -> None:
    """Add when leads were created, the first run that met them, and their columns."""
    cells = columns_of(connection, asked.lead_cells(tuple(columns)))
    at = _places(place, cells[0])
    known = at >= 0
    for name, given in zip(("created", "first_run"), cells[1:3], strict=True):
        numbers = np.full(len(leads), np.nan)
        numbers[at[known]] = np.array(given, dtype=np.float64)[known]
        leads[name] = numbers
    for name, given in zip(columns, cells[3:], strict=True):
        texts = np.full(len(leads), "", dtype=object)
        texts[at[known]] = np.array(given, dtype=object)[known]
        leads[f"column {name}"] = texts


def _mark_earlier(
    connection: Connection, window: Window, leads: pd.DataFrame, runs: pd.DataFrame
) -> None:
    """Tell which leads had an owner before the window; they are not distributed in it.

    A run may have met them earlier, or a person given them away.
    """
    start = window.calendar.start_of(window.first).timestamp() * 1000
    is_earlier = (leads["distributed"] < start).to_numpy()
    first = runs["number"].min() if len(runs) else 0
    old = np.flatnonzero((leads["first_run"] < first).to_numpy())
    query = asked.assigned_before(window.first)
    ids = list(leads.index[old])
    for part in asked.of_leads(query, decisions.c.lead_id, ids):
        (found,) = columns_of(connection, part)
        is_earlier |= leads.index.isin(list(found))
    leads["is_earlier"] = is_earlier
    leads["distributed"] = leads["distributed"].mask(is_earlier)


def _add_events(
    connection: Connection, window: Window, leads: pd.DataFrame, place: dict[str, int]
) -> None:
    """Add how leads ended, and when somebody first responded."""
    kinds = "responded", *asked.ENDS
    columns = columns_of(connection, asked.events_of(*kinds))
    lead, kind = _places(place, columns[0]), np.array(columns[1], dtype=object)
    at = np.array(columns[2], dtype=np.float64)
    counts = (lead >= 0) & (at <= window.now_ms)
    rows = np.flatnonzero(counts & (kind != "responded"))
    rows = rows[np.argsort(_integers(columns[4])[rows], kind="stable")]
    _add_ends(leads, lead[rows], kind[rows], at[rows], _numbers(columns[3], rows))
    start = leads["distributed"].to_numpy()
    rows = np.flatnonzero(counts & (kind == "responded"))
    rows = rows[at[rows] >= start[lead[rows]]]
    leads["responded"] = _first(lead[rows], at[rows], len(leads))


def _add_ends(
    leads: pd.DataFrame,
    lead: NDArray[np.intp],
    kind: NDArray[np.object_],
    at: NDArray[np.float64],
    value: NDArray[np.float64],
) -> None:
    """Add the state that the last of these events left: it goes over earlier ones."""
    last = np.full(len(leads), -1)
    last[lead] = np.arange(len(lead))
    has = last >= 0
    state = np.full(len(leads), OPEN, dtype=object)
    state[has] = [CLOSED_AS.get(kind[row], OPEN) for row in last[has]]
    is_won = state == WON
    closed, revenue = np.full(len(leads), np.nan), np.zeros(len(leads))
    is_closed = state != OPEN
    closed[is_closed] = at[last[is_closed]]
    revenue[is_won] = np.nan_to_num(value[last[is_won]])
    leads["state"], leads["closed"], leads["revenue"] = state, closed, revenue


def _first(
    lead: NDArray[np.intp], at: NDArray[np.float64], n: int
) -> NDArray[np.float64]:
    """Return the first moment of each lead, (n,); NaN where there is none."""
    found = np.full(n, np.inf)
    np.minimum.at(found, lead, at)
    return np.where(np.isinf(found), np.nan, found)


def _places(place: dict[str, int], ids: Sequence[str]) -> NDArray[np.intp]:
    """Return the place of each id, (n,); -1 where it has none."""
    found = [place.get(lead_id, -1) for lead_id in ids]
    return np.array(found, dtype=np.intp)


def _integers(cells: Sequence[Any]) -> NDArray[np.int64]:
    return np.array(cells, dtype="int64")


def _numbers(cells: Sequence[Any], rows: NDArray[np.intp]) -> NDArray[np.float64]:
    return np.array(cells, dtype=object)[rows].astype(np.float64)


def _frame(connection: Connection, query: Any, *names: str) -> pd.DataFrame:
    columns = columns_of(connection, query)
    cells = zip(names, columns, strict=True)
    return pd.DataFrame({name: list(column) for name, column in cells})
