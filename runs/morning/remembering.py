"""A prepared scenario as the earlier runs of its ledger leave it."""

from dataclasses import replace
from pathlib import Path
from typing import NoReturn

from ledger import Ledger
from ledger.events import last_run
from ledger.meanwhile import newest_event
from ledger.questions import superseded_by
from ledger.vantage import Before, Redone
from runs.morning.duplicates import with_duplicates, with_duplicates_of_today
from runs.morning.former_reps import with_former_reps
from runs.morning.memory import Memory
from runs.morning.open_books import with_open_books
from runs.morning.owned_leads import without_owned_leads
from runs.morning.past_leads import with_past_leads
from runs.morning.queue_ages import with_queue_ages
from runs.morning.recalled_leads import without_recalled_reps
from runs.morning.reps_as_known import with_rep_facts
from runs.morning.returning_leads import with_returning_leads
from runs.morning.slots import with_slots_left
from runs.prepared.identity import run_id_of
from runs.prepared.ledger_place import is_there, ledger_place
from runs.prepared.morning import Morning
from runs.prepared.prepared import Prepared
from scenarios import ScenarioError

STEPS = (
    with_past_leads,
    with_rep_facts,
    without_owned_leads,
    with_returning_leads,
    with_duplicates,
    without_recalled_reps,
    with_former_reps,
    with_queue_ages,
    with_slots_left,
    with_open_books,
)
"""What the ledger changes of a day, one after the other."""


def remembering(
    prepared: Prepared, model: str | Path | None = None, *, redo: bool = False
) -> Prepared:
    """Return a scenario with its tables as earlier runs of its ledger leave them.

    A run that the ledger has already is told what it was told when it was made.

    Parameters
    ----------
    model
        The model file that the run is going to use, if any.
    redo
        Whether the day's last run of this scenario is to be void.

    Raises
    ------
    ScenarioError
        Where there is nothing to redo.
    """
    place = ledger_place(prepared.file)
    if redo and (place is None or not is_there(place)):
        _nothing_to_redo(prepared)
    if place is None:
        return prepared
    known = None if model is None else Path(model)
    run_id = run_id_of(prepared.file.scenario, prepared.crm, known)
    if not is_there(place):
        morning = Morning(met=prepared.crm.leads, seen=0)
        return with_duplicates_of_today(
            replace(prepared, run_id=run_id, morning=morning)
        )
    with Ledger(place) as ledger:
        own = ledger.number_of(run_id)
        prepared = replace(prepared, run_id=run_id)
        void = _void(prepared, ledger, own, redo=redo)
        with ledger.reading() as connection:
            seen = newest_event(connection)
        begun = replace(_begun(prepared, void), seen=seen)
        today = replace(prepared, morning=begun)
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
            _nothing_new(prepared)
        return None if row is None else (str(row.run_id), int(row.number))
    if not redo:
        return None
    void = ledger.last_run(prepared.crm.today, prepared.file.scenario.name)
    return void or _nothing_to_redo(prepared)


def _begun(prepared: Prepared, void: tuple[str, int] | None) -> Morning:
    met = prepared.crm.leads
    if void is None:
        return Morning(met=met)
    day = f"{prepared.crm.today:%d %B %Y}"
    note = f"Run {void[0]} of {day} is void; this one takes its place."
    return Morning(met=met, notes=(note,), supersedes=void[0])


def _nothing_new(prepared: Prepared) -> NoReturn:
    expected = (
        f"these are the tables, rules and moment of run {prepared.run_id}, which is "
        f"recorded; to make the day again with what people said since, give a later "
        f"moment by --as-of"
    )
    raise ScenarioError([prepared.file.issue(("ledger",), expected)])


def _nothing_to_redo(prepared: Prepared) -> NoReturn:
    name, day = prepared.file.scenario.name, prepared.crm.today
    expected = f"no run of {name} on {day} is recorded, so there is none to redo"
    raise ScenarioError([prepared.file.issue(("ledger",), expected)])
