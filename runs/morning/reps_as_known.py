"""Reps as the ledger knows them: who is away, part-time, new, or has left."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import numpy as np
import pandas as pd

from crm import CrmData, listed
from ledger import Ledger
from ledger.people.rep_facts import ABSENT, FACTS, LEFT, PART_TIME, RAMP_UP, facts_query
from ledger.people.switches import SWITCHES, switched_off
from ledger.vantage import Before
from runs.morning.memory import NAMED, Memory
from runs.prepared.prepared import Prepared

HALF = 0.5 + 1e-9
"""Added before rounding down; the rest is what a float may lack of a half."""


@dataclass(frozen=True, eq=False)
class KnownReps:
    """The day's reps as the ledger knows them.

    Attributes
    ----------
    crm
        The day's tables with what it knows.
    away
        Rep -> why they are away, or have left, in words.
    notes
        What it changes, in sentences.
    """

    crm: CrmData
    away: dict[str, str]
    notes: tuple[str, ...]


def with_rep_facts(prepared: Prepared, memory: Memory) -> Prepared:
    """Return the day with its reps as the ledger knows them."""
    known = reps_as_known(prepared.crm, memory.ledger, memory.before)
    morning = prepared.earlier.noting(*known.notes)
    return replace(prepared, crm=known.crm, morning=morning)


def reps_as_known(
    crm: CrmData, ledger: Ledger, before: Before | None = None
) -> KnownReps:
    """Return the tables with what the ledger knows of the day's reps.

    Parameters
    ----------
    before
        Number of a run that is made again: what was known then.
    """
    facts = ledger.asked(facts_query(before), FACTS)
    of_today = [fact for fact in facts.itertuples() if _holds(fact, crm.today)]
    moment = crm.as_of.to_pydatetime(warn=False)
    off = list(ledger.asked(switched_off(moment, before), SWITCHES).itertuples())
    rep_ids = set(crm.reps["rep_id"])
    here = [fact for fact in of_today if fact.rep_id in rep_ids]
    ours = [rep for rep in off if rep.rep_id in rep_ids]
    away = dict(_away(here, ours, crm.today))
    share = _shares(here, crm.today)
    known = _with_absences(_with_leavers(crm, here), here, off)
    known, changed = _with_shares(known, share)
    lost = {str(fact.rep_id) for fact in of_today if fact.kind != LEFT} - rep_ids
    notes = (
        *_note("Away by the ledger: ", [f"{rep} ({why})" for rep, why in away.items()]),
        *_note("Slots by the ledger: ", changed),
        *_note("Facts of no rep of today's table: ", sorted(lost)),
    )
    return KnownReps(known, away, notes)


def _holds(fact: Any, today: date) -> bool:
    if fact.from_day > today:
        return False
    return fact.kind == LEFT or not (fact.to_day and fact.to_day < today)


def _away(facts: list[Any], off: list[Any], today: date) -> Iterator[tuple[str, str]]:
    """Yield rep and why they are away, what counts most last."""
    for rep in off:
        until = (
            "until switched on" if pd.isna(rep.until) else f"until {rep.until:%d %B}"
        )
        yield rep.rep_id, _because(f"off {until}", rep.reason)
    for fact in facts:
        if fact.kind == ABSENT:
            until = f" until {fact.to_day:%d %B %Y}" if fact.to_day else ""
            yield fact.rep_id, _because(f"absent{until}", fact.reason)
    for fact in facts:
        if fact.kind == LEFT and fact.from_day < today:
            text = f"last day {fact.from_day:%d %B %Y}"
            yield fact.rep_id, _because(text, fact.reason)


def _because(text: str, reason: str) -> str:
    return f"{text}: {reason}" if reason else text


def _with_absences(crm: CrmData, facts: list[Any], off: list[Any]) -> CrmData:
    """Return the tables with an absence for each rep who is absent or off."""
    last = crm.calendar.span(crm.today)[1]
    rows = [(rep.rep_id, rep.at, last) for rep in off]
    rows += [
        (
            fact.rep_id,
            crm.calendar.span(fact.from_day)[0],
            crm.calendar.span(fact.to_day)[1] if fact.to_day else last,
        )
        for fact in facts
        if fact.kind == ABSENT
    ]
    if not rows:
        return crm
    own = crm.absences[["rep_id", "from", "to"]]
    more = pd.DataFrame(rows, columns=list(own)).astype(own.dtypes.to_dict())
    return replace(crm, absences=pd.concat([own, more], ignore_index=True))


def _with_leavers(crm: CrmData, facts: list[Any]) -> CrmData:
    """Return the tables with the last day of reps who leave."""
    days = {fact.rep_id: fact.from_day for fact in facts if fact.kind == LEFT}
    if not days:
        return crm
    end = crm.reps["rep_id"].map(
        {rep: crm.calendar.span(day)[1] for rep, day in days.items()}
    )
    end = end.astype(crm.reps["end_date"].dtype)
    known = crm.reps["end_date"]
    gone = crm.reps["rep_id"].isin([rep for rep, d in days.items() if d < crm.today])
    earliest = known.where(known.le(end) | end.isna(), end)
    reps = crm.reps.assign(end_date=earliest, active=crm.reps["active"] & ~gone)
    return replace(crm, reps=reps)


def _shares(facts: list[Any], today: date) -> dict[str, float]:
    """Return rep -> share of the daily capacity; of each kind the last fact counts."""
    share: dict[str, dict[str, float]] = {}
    for fact in facts:
        if fact.kind == PART_TIME:
            share.setdefault(fact.rep_id, {})[PART_TIME] = fact.factor
        elif fact.kind == RAMP_UP:
            passed = (today - fact.from_day) / (fact.to_day - fact.from_day)
            grown = fact.factor + (1 - fact.factor) * passed
            share.setdefault(fact.rep_id, {})[RAMP_UP] = grown
    return {rep: float(np.prod([*own.values()])) for rep, own in share.items()}


def _with_shares(crm: CrmData, share: dict[str, float]) -> tuple[CrmData, list[str]]:
    """Return the tables with fewer slots and hours, and whose slots changed.

    Rounded half up, and at least one slot of a share above 0.
    """
    daily = crm.reps["daily_capacity"]
    own = crm.reps["rep_id"].map(share).astype(float)
    least = daily.clip(upper=1).where(own > 0, 0)
    slots = np.maximum(np.floor(daily * own.fillna(1) + HALF), least)
    slots = slots.where(own.notna(), daily).astype(daily.dtype)
    hours = crm.reps["hours_per_day"] * own.fillna(1)
    names = zip(crm.reps["rep_id"], slots, daily, own, strict=True)
    changed = [f"{rep} {n:g} of {n_all:g}" for rep, n, n_all, s in names if s == s]
    reps = crm.reps.assign(daily_capacity=slots, hours_per_day=hours)
    return replace(crm, reps=reps), changed


def _note(label: str, entries: list[str]) -> Iterator[str]:
    if entries:
        yield f"{label}{listed(entries, NAMED)}."
