"""Service levels, ageing and returning leads against the tables they speak of."""

from collections.abc import Iterator, Mapping

import numpy as np

from crm import CrmData, Issue, WhereError, listed, matches, suggestion
from crm.condition import Condition
from crm.zones import known_zones
from scenarios.document import Key
from scenarios.sla import ServiceClock
from scenarios.validation import ScenarioFile

NAMED = 3
"""Reps named before the rest is counted."""


def service_issues(file: ScenarioFile, crm: CrmData) -> Iterator[Issue]:
    """Yield what is wrong with clocks, sticky leads and ageing, or reaches nobody."""
    scenario = file.scenario
    for section in ("sla", "sticky"):
        if getattr(scenario, section) is not None and scenario.ledger is None:
            expected = f"{section} needs a ledger, such as `ledger: ledger.db`"
            yield file.issue((section,), expected)
    clocks = scenario.sla.clocks if scenario.sla else {}
    for name, clock in clocks.items():
        yield from _clock_issues(file, crm, ("sla", "clocks", name), clock)
    if scenario.sticky is not None:
        yield from _sticky_issues(file, crm)
    if scenario.ageing is not None:
        yield from _ageing_issues(file, crm)


def _clock_issues(
    file: ScenarioFile, crm: CrmData, keys: tuple[Key, ...], clock: ServiceClock
) -> Iterator[Issue]:
    yield from _where_issues(file, crm, (*keys, "where"), clock.where)
    if clock.clock == "business" and clock.length(crm.calendar) == 0:
        expected = "the calendar's hours leave no working day open"
        yield file.issue((*keys, "within"), expected)
    if clock.hours_of == "rep":
        yield from _zone_issues(file, crm, (*keys, "hours_of"), "reps", "rep_id")
    if clock.hours_of == "lead":
        yield from _zone_issues(file, crm, (*keys, "hours_of"), "leads", "lead_id")
    if clock.escalate_at is not None:
        reps = crm.reps[crm.reps["active"] & (crm.reps["manager"] == "")]
        if len(reps):
            named = listed(list(reps["rep_id"]), NAMED)
            text = f"these reps have no manager in the table to escalate to: {named}"
            yield file.issue((*keys, "escalate_at"), text, severity="warning")


def _where_issues(
    file: ScenarioFile,
    crm: CrmData,
    keys: tuple[Key, ...],
    where: Mapping[str, Condition],
) -> Iterator[Issue]:
    try:
        reached = matches(crm.leads, where, crm.calendar.zone)
    except WhereError as error:
        yield file.issue((*keys, error.column), error.reason)
        return
    if where and len(reached) and not reached.any():
        text = "this is true of no lead of today"
        yield file.issue(keys, text, severity="warning")


def _zone_issues(
    file: ScenarioFile, crm: CrmData, keys: tuple[Key, ...], table: str, id_column: str
) -> Iterator[Issue]:
    frame = getattr(crm, table)
    if not crm.has(table, "time_zone"):
        near = suggestion("time_zone", sorted(crm.file_columns.get(table, ())))
        expected = f"{table} have no column time_zone{near}"
        yield file.issue(keys, expected)
        return
    names = frame["time_zone"].astype(str)
    wrong = np.flatnonzero((names != "") & (known_zones(names) == ""))
    if len(wrong):
        named = [f"{frame[id_column].iloc[i]}: {names.iloc[i]!r}" for i in wrong]
        expected = (
            f"{table} whose time_zone is none such as Europe/Berlin, so that the "
            f"company's hours count: {listed(named, NAMED)}"
        )
        yield file.issue(keys, expected, severity="warning")


def _sticky_issues(file: ScenarioFile, crm: CrmData) -> Iterator[Issue]:
    sticky = file.scenario.sticky
    assert sticky is not None
    for place, name in enumerate(sticky.by):
        if not crm.has("leads", name):
            text = f"leads have no column {name}, so it brings nobody back"
            yield file.issue(("sticky", "by", place), text, severity="warning")
    unit = file.scenario.objective.maximise
    if unit == "conversions" and (sticky.penalty or 0) > 1:
        expected = "a penalty is in expected conversions per lead here, from 0 to 1"
        yield file.issue(("sticky", "penalty"), expected, value=f"{sticky.penalty:g}")


def _ageing_issues(file: ScenarioFile, crm: CrmData) -> Iterator[Issue]:
    ageing = file.scenario.ageing
    assert ageing is not None
    for place, group in enumerate(ageing.groups):
        keys = ("ageing", "groups", place, "where")
        yield from _where_issues(file, crm, keys, group.where)
    if ageing.half_life is None and not ageing.groups:
        expected = "give a half_life, such as 5d, or groups"
        yield file.issue(("ageing",), expected)
