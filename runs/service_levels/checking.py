"""All clocks of a scenario, and the steps that are now due."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from sqlalchemy import Connection

from crm import matches
from crm.where import WhereError
from crm.zones import known_zones
from ledger.events import Event, add_events
from ledger.frames import frame_of
from ledger.open_work import OPEN_WORK, known_columns, open_work
from ledger.ownership import take_all
from ledger.people.locks import locks
from runs.company.company import Company
from runs.morning.lead_rows import as_table
from runs.service_levels.answers import deeds_of_groups
from runs.service_levels.clocks import (
    OPENED,
    STEPS,
    STOPS,
    ClockReading,
    OpenLeads,
    read_clock,
)
from runs.service_levels.reps import manager_of, reps_of
from scenarios import ScenarioError
from scenarios.sla import ServiceClock

KINDS = sorted({*STEPS, *OPENED, *(kind for kinds in STOPS.values() for kind in kinds)})


@dataclass(frozen=True, eq=False)
class ServiceCheck:
    """What the clocks show at a moment, and what was done.

    Attributes
    ----------
    moment
        When.
    readings
        One per clock of the scenario.
    due
        All rows of the readings, with the manager of each owner; first due first.
    n_new
        Events that were added, or would have been.
    """

    moment: pd.Timestamp
    readings: list[ClockReading]
    due: pd.DataFrame
    n_new: int


def check_service(
    here: Company, moment: datetime, actor: str, *, dry_run: bool = False
) -> ServiceCheck:
    """Return what is due, after the owners of overdue leads were warned, and so on.

    A second call at the same moment adds nothing.

    Parameters
    ----------
    moment
        When the clocks are looked at.
    actor
        Who asks.
    dry_run
        Whether to change nothing.

    Raises
    ------
    ScenarioError, DataError
        Where the scenario has no clocks, or its reps cannot be read.
    """
    sla = here.file.scenario.sla
    if sla is None or not sla.clocks:
        expected = (
            "the scenario has no clocks; add sla: {clocks: {first response: {to: "
            "responded, within: 4h}}}"
        )
        raise ScenarioError([here.file.issue(("sla",), expected)])
    reps = reps_of(here)
    connect = here.ledger.reading if dry_run else here.ledger.writing
    with connect() as connection:
        readings = list(_readings(connection, here, reps, pd.Timestamp(moment)))
        due = _together(readings, manager_of(reps))
        events = list(_events(due, actor))
        n_new = len(events) if dry_run else _add(connection, events)
    return ServiceCheck(pd.Timestamp(moment), readings, due, n_new)


def _readings(
    connection: Connection, here: Company, reps: pd.DataFrame, moment: pd.Timestamp
) -> Iterator[ClockReading]:
    sla = here.file.scenario.sla
    assert sla is not None
    work = frame_of(connection.execute(open_work()).all(), OPEN_WORK)
    lead_ids = work["lead_id"].tolist()
    happened = deeds_of_groups(connection, KINDS, lead_ids)
    locked = frozenset(row.lead_id for row in connection.execute(locks()))
    leads = OpenLeads(work, happened[happened["at"] <= moment], moment, locked)
    asks = any(clock.where or clock.hours_of == "lead" for clock in sla.clocks.values())
    table = as_table(known_columns(connection, lead_ids if asks else []), work)
    rep_zones = known_zones(reps.set_index("rep_id")["time_zone"])
    for name, clock in sla.clocks.items():
        zones = _zones(clock, work, table, rep_zones)
        concerns = _concerned(clock, table, here)
        yield read_clock(name, clock, leads, concerns, zones, here.calendar)


def _concerned(
    clock: ServiceClock, table: pd.DataFrame, here: Company
) -> NDArray[np.bool_]:
    """Tell which leads a clock is about; none where no lead has one of its columns."""
    try:
        return matches(table, clock.where, here.calendar.zone)
    except WhereError:
        return np.zeros(len(table), dtype=bool)


def _zones(
    clock: ServiceClock, work: pd.DataFrame, table: pd.DataFrame, rep_zones: pd.Series
) -> pd.Series:
    if clock.hours_of == "rep":
        return work["rep_id"].map(rep_zones).fillna("").astype(object)
    if clock.hours_of == "lead" and "time_zone" in table:
        return known_zones(table["time_zone"].astype(str))
    return pd.Series("", index=work.index, dtype=object)


def _together(readings: list[ClockReading], manager: dict[str, str]) -> pd.DataFrame:
    due = pd.concat([reading.due for reading in readings], ignore_index=True)
    # Two clocks may recall one lead: the first does.
    twice = due["recalled"].notna() & due.duplicated("lead_id", keep=False)
    again = twice & due[twice].duplicated("lead_id").reindex(
        due.index, fill_value=False
    )
    due["recalled"] = due["recalled"].where(~again)
    due["manager"] = due["rep_id"].map(manager).fillna("").astype(object)
    return due.sort_values(["due_at", "lead_id", "clock"], ignore_index=True)


def _events(due: pd.DataFrame, actor: str) -> Iterator[Event]:
    for step in STEPS:
        for row in due[due[step].notna()].to_dict("records"):
            manager = row["manager"] if step == "escalated" else ""
            until = None if step == "recalled" else row["due_at"].to_pydatetime()
            yield Event(
                step,
                row[step].floor("us").to_pydatetime(),
                actor,
                row["lead_id"],
                row["rep_id"],
                other=manager,
                reason=row["clock"],
                until=until,
            )


def _add(connection: Connection, events: list[Event]) -> int:
    recalled = [event for event in events if event.kind == "recalled"]
    others = [event for event in events if event.kind != "recalled"]
    return sum(add_events(connection, others)) + len(take_all(connection, recalled))
