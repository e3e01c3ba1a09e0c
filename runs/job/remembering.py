"""A prepared scenario as the earlier runs of its ledger leave it."""

from dataclasses import replace
from pathlib import Path

from ledger import Ledger
from runs.job.identity import run_id_of
from runs.job.memory import is_there, ledger_place
from runs.job.morning import Morning, with_memory
from runs.job.prepared import Prepared


def remembering(prepared: Prepared, model: str | Path | None = None) -> Prepared:
    """Return a scenario with its tables as earlier runs of its ledger leave them.

    A run that the ledger has already is told what it was told when it was made.

    Parameters
    ----------
    model
        The model file that the run is going to use, if any.
    """
    place = ledger_place(prepared.file)
    if place is None:
        return prepared
    known = None if model is None else Path(model)
    run_id = run_id_of(prepared.file.scenario, prepared.crm, known)
    if not is_there(place):
        return replace(prepared, run_id=run_id, morning=Morning())
    with Ledger(place) as ledger:
        before = ledger.number_of(run_id)
        crm, morning = with_memory(prepared.crm, ledger, before)
    return replace(prepared, crm=crm, run_id=run_id, morning=morning)
