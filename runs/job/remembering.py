"""A prepared scenario as the earlier runs of its ledger leave it."""

from dataclasses import replace
from pathlib import Path
from typing import NoReturn

from ledger import Ledger
from runs.job.identity import run_id_of
from runs.job.memory import is_there, ledger_place
from runs.job.morning import Morning, with_memory
from runs.job.prepared import Prepared
from scenarios import ScenarioError


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
        return replace(prepared, run_id=run_id, morning=Morning())
    with Ledger(place) as ledger:
        before, void = ledger.number_of(run_id), None
        if before is None and redo:
            name = prepared.file.scenario.name
            void = ledger.last_run(prepared.crm.today, name)
            if void is None:
                _nothing_to_redo(prepared)
            before = void[1]
        # A lead that comes again would be drawn again, perhaps for another arm.
        once = prepared.file.scenario.experiment is not None
        crm, morning = with_memory(prepared.crm, ledger, before, brings_back=not once)
    if void is not None:
        morning = replace(morning, supersedes=void[0])
    return replace(prepared, crm=crm, run_id=run_id, morning=morning)


def _nothing_to_redo(prepared: Prepared) -> NoReturn:
    name, day = prepared.file.scenario.name, prepared.crm.today
    expected = f"no run of {name} on {day} is recorded, so there is none to redo"
    raise ScenarioError([prepared.file.issue(("ledger",), expected)])
