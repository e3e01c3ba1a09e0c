"""A clock of the scenario, held against the open leads of the ledger."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from crm import Calendar
from crm.business_time import due_times
from ledger.closed_leads import OPENED
from scenarios.sla import ServiceClock

STOPS = {
    "responded": ["responded", "progressed"],
    "progressed": ["progressed"],
    "closed": [],
}
"""What a clock waits for -> events that stop it; leads that are closed have none."""
STEPS = ("warned", "escalated", "recalled")
"""What is done where so much time has passed, in order."""
STATES = ("due_soon", "overdue", "escalated", "recalled", "stays", "locked")
"""What is true of a lead that a clock has reached."""


@dataclass(frozen=True, eq=False)
class OpenLeads:
    """The open leads of a ledger at a moment.

    Attributes
    ----------
    work
        As :data:`ledger.open_work.OPEN_WORK`.
    deeds
        What happened to them until then, as :data:`ledger.open_work.DEEDS`.
    moment
        When.
    locked
        Leads whose owner a person has named, so that no clock recalls them.
    """

    work: pd.DataFrame
    deeds: pd.DataFrame
    moment: pd.Timestamp
    locked: frozenset[str] = frozenset()

    def last(self, kinds: Sequence[str], reason: str | None = None) -> pd.Series:
        """Return when each lead last had an event of these kinds, shape (n_leads,)."""
        own = self.deeds[self.deeds["kind"].isin(kinds)]
        if reason is not None:
            own = own[own["reason"] == reason]
        times = own.groupby("lead_id")["at"].max()
        return times.reindex(self.work["lead_id"]).reset_index(drop=True)

    @property
    def n_recalls(self) -> NDArray[np.int64]:
        """How often each lead was recalled, shape (n_leads,)."""
        own = self.deeds.loc[self.deeds["kind"] == "recalled", "lead_id"]
        counts = self.work["lead_id"].map(own.value_counts()).fillna(0)
        return np.asarray(counts, dtype=np.int64)


@dataclass(frozen=True, eq=False)
class ClockReading:
    """What a clock shows of the open leads.

    Attributes
    ----------
    name, clock
        The clock.
    n_leads
        Open leads that it is about.
    n_running
        Those for which it has begun and not stopped.
    n_undated
        Leads without a moment from which it could run.
    n_foreign
        Leads whose hours are the company's, since their place is not known.
    due
        One row per lead that has reached a step: lead_id, rep_id, clock, since, due_at,
        state (of :data:`STATES`) and, where this is now to be told or done, a moment in
        warned, escalated and recalled, else missing.
    next_due
        When the next lead is due that has reached none; missing where there is none.
    """

    name: str
    clock: ServiceClock
    n_leads: int
    n_running: int
    n_undated: int
    n_foreign: int
    due: pd.DataFrame
    next_due: pd.Timestamp


def read_clock(
    name: str,
    clock: ServiceClock,
    leads: OpenLeads,
    concerns: NDArray[np.bool_],
    zones: pd.Series,
    calendar: Calendar,
) -> ClockReading:
    """Return what a clock shows.

    Parameters
    ----------
    concerns
        Shape (n_leads,); leads that the clock is about.
    zones
        Shape (n_leads,); the time zone of each lead's hours, "" where not known.
    """
    since = _since(clock, leads)
    stopped = leads.last(STOPS[clock.to]).to_numpy() >= since.to_numpy()
    concerns = concerns & _is_in_question(clock, leads)
    has_begun = concerns & (since <= leads.moment).to_numpy()
    running = np.flatnonzero(has_begun & ~stopped)
    moments = pd.DatetimeIndex(since.iloc[running])
    own_zones = zones.iloc[running].to_numpy(dtype=object)
    due_at = _after(clock, 1.0, moments, own_zones, calendar)
    rows = leads.work.iloc[running][["lead_id", "rep_id"]].assign(
        clock=name, since=moments, due_at=due_at
    )
    reached = _reached(clock, moments, own_zones, calendar, leads.moment)
    n_recalls, locked = leads.n_recalls[running], rows["lead_id"].isin(leads.locked)
    rows = _with_states(rows, clock, reached, n_recalls, locked, leads.moment)
    rows = _with_news(rows, reached, name, leads, running)
    is_due = (rows["state"] != "").to_numpy()
    waits = clock.hours_of != "company"
    return ClockReading(
        name,
        clock,
        n_leads=int(concerns.sum()),
        n_running=len(running),
        n_undated=int((concerns & since.isna().to_numpy()).sum()),
        n_foreign=int((own_zones == "").sum()) if waits else 0,
        due=rows[is_due].reset_index(drop=True),
        next_due=rows.loc[~is_due, "due_at"].min(),
    )


def _since(clock: ServiceClock, leads: OpenLeads) -> pd.Series:
    """Return from when it runs, shape (n_leads,); missing where it does not."""
    column = "started_at" if clock.start == "assigned" else "created_at"
    begun = pd.to_datetime(leads.work[column], utc=True)
    opened = leads.last(OPENED)
    return begun.where(~(opened > begun), opened)


def _is_in_question(clock: ServiceClock, leads: OpenLeads) -> NDArray[np.bool_]:
    """Tell which leads it could be about: only owned ones have been assigned."""
    owned = (leads.work["rep_id"] != "").to_numpy(dtype=bool)
    return owned if clock.start == "assigned" else np.ones_like(owned)


def _after(
    clock: ServiceClock,
    part: float,
    since: pd.DatetimeIndex,
    zones: NDArray[np.object_],
    calendar: Calendar,
) -> pd.DatetimeIndex:
    """Return when a part of the time has passed, shape (n,)."""
    within = round(part * clock.length(calendar))
    if clock.clock == "calendar":
        return since + pd.Timedelta(within, unit="ns")
    due = pd.Series(pd.NaT, index=range(len(since)), dtype="datetime64[ns, UTC]")
    for zone in pd.unique(zones):
        there = np.flatnonzero(zones == zone)
        place = calendar.model_copy(update={"time_zone": zone}) if zone else calendar
        due.iloc[there] = due_times(place, since[there], within)
    return pd.DatetimeIndex(due)


def _reached(
    clock: ServiceClock,
    since: pd.DatetimeIndex,
    zones: NDArray[np.object_],
    calendar: Calendar,
    moment: pd.Timestamp,
) -> Mapping[str, pd.DatetimeIndex]:
    """Return step -> when it was reached, shape (n,); missing where it was not yet."""
    parts = zip(STEPS, (clock.warn_at, clock.escalate_at, clock.recall_at), strict=True)
    never = pd.DatetimeIndex([pd.NaT] * len(since), dtype="datetime64[ns, UTC]")
    reached: dict[str, pd.DatetimeIndex] = {}
    for step, part in parts:
        times = never if part is None else _after(clock, part, since, zones, calendar)
        reached[step] = pd.DatetimeIndex(times.where(times <= moment))
    return reached


def _with_states(
    rows: pd.DataFrame,
    clock: ServiceClock,
    reached: Mapping[str, pd.DatetimeIndex],
    n_recalls: NDArray[np.int64],
    locked: pd.Series,
    moment: pd.Timestamp,
) -> pd.DataFrame:
    """Return the rows with what is true of each lead; "" where no step is reached."""
    is_owned = (rows["rep_id"] != "").to_numpy(dtype=bool)
    to_recall = reached["recalled"].notna() & is_owned
    is_true = {
        "due_soon": reached["warned"].notna(),
        "overdue": rows["due_at"] <= moment,
        "escalated": reached["escalated"].notna(),
        "recalled": to_recall,
        "stays": to_recall & (n_recalls >= clock.max_recalls),
        "locked": to_recall & locked.to_numpy(),
    }
    state = pd.Series("", index=rows.index, dtype=object)
    for name in STATES:
        state[np.asarray(is_true[name], dtype=bool)] = name
    return rows.assign(state=state)


def _with_news(
    rows: pd.DataFrame,
    reached: Mapping[str, pd.DatetimeIndex],
    name: str,
    leads: OpenLeads,
    running: NDArray[np.int64],
) -> pd.DataFrame:
    """Return the rows with what was not told before, and is to be done now."""
    news = {}
    for step in ("warned", "escalated"):
        told = (
            leads.last([step], name).iloc[running].to_numpy()
            >= rows["since"].to_numpy()
        )
        late = rows["state"].ne("due_soon").to_numpy() if step == "warned" else False
        news[step] = reached[step].where(~(told | late))
    is_recalled = rows["state"].eq("recalled").to_numpy()
    now = pd.DatetimeIndex([leads.moment] * len(rows), dtype="datetime64[ns, UTC]")
    return rows.assign(**news, recalled=now.where(is_recalled))
