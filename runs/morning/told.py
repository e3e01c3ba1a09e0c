"""A prepared scenario as a ledger tells it, step by step."""

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from ledger import Ledger
from ledger.events import last_run
from ledger.meanwhile import newest_event
from ledger.questions import superseded_by
from ledger.vantage import Before, Redone
from runs.morning.duplicates import with_duplicates_of_today
from runs.morning.memory import Memory
from runs.morning.other_teams import refuse_other_teams
from runs.morning.redo import nothing_new, nothing_to_redo
from runs.morning.steps import STEPS
from runs.prepared.identity import run_id_of
from runs.prepared.ledger_place import is_there
from runs.prepared.morning import Morning
from runs.prepared.prepared import Prepared

if TYPE_CHECKING:
    from crm.databases.address import Address


def as_told(
    prepared: Prepared,
    place: "Path | Address",
    model: Path | None,
    *,
    redo: bool,
    beside: str,
) -> Prepared:
    """Return the day as the ledger at this place tells it, which may not be there yet.

    Parameters
    ----------
    model, redo, beside
        As for :func:`runs.morning.remembering.remembering`.
    """
    run_id = run_id_of(prepared.file.scenario, prepared.crm, model)
    if not is_there(place):
        morning = Morning(met=prepared.crm.leads, seen=0)
        return with_duplicates_of_today(
            replace(prepared, run_id=run_id, morning=morning)
        )
    with Ledger(place) as ledger:
        own = ledger.number_of(beside or run_id)
        today = replace(prepared, run_id=run_id)
        void = _void(today, ledger, own, redo=redo)
        if own is None:
            refuse_other_teams(prepared, ledger, void[1] if void else None)
        with ledger.reading() as connection:
            seen = newest_event(connection)
        begun = replace(_begun(prepared, void), seen=seen)
        today = replace(today, morning=begun)
        memory = Memory(ledger, _before(ledger, own, void))
        for step in STEPS:
            today = step(today, memory)
    return today


def _before(
    ledger: Ledger, own: int | None, void: tuple[str, int] | None
) -> Before | None:
    """Return from where the run sees the ledger."""
    if void is None:
        return own
    with ledger.reading() as connection:
        return Redone(own or last_run(connection) + 1, void[1])


def _void(
    prepared: Prepared, ledger: Ledger, own: int | None, *, redo: bool
) -> tuple[str, int] | None:
    """Return id and number of the run that this one makes void, or has made so."""
    if own is not None:
        with ledger.reading() as connection:
            row = connection.execute(superseded_by(own)).first()
        if row is None and redo:
            nothing_new(prepared)
        return None if row is None else (str(row.run_id), int(row.number))
    if not redo:
        return None
    void = ledger.last_run(prepared.crm.today, prepared.file.scenario.name)
    return void or nothing_to_redo(prepared)


def _begun(prepared: Prepared, void: tuple[str, int] | None) -> Morning:
    met = prepared.crm.leads
    if void is None:
        return Morning(met=met)
    day = f"{prepared.crm.today:%d %B %Y}"
    note = f"Run {void[0]} of {day} is void; this one takes its place."
    return Morning(met=met, notes=(note,), supersedes=void[0])
