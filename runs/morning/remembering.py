"""A prepared scenario as the earlier runs of its ledger leave it, if it has one."""

from pathlib import Path

from runs.morning.redo import nothing_to_redo
from runs.prepared.ledger_place import is_there, ledger_place
from runs.prepared.prepared import Prepared


def remembering(
    prepared: Prepared,
    model: str | Path | None = None,
    *,
    redo: bool = False,
    beside: str = "",
) -> Prepared:
    """Return a scenario with its tables as earlier runs of its ledger leave them.

    A run that the ledger has already is told what it was told when it was made.

    Parameters
    ----------
    model
        The model file that the run is going to use, if any.
    redo
        Whether the day's last run of this scenario is to be void.
    beside
        Id of a run that it is compared with: where the ledger has that one, it is told
        what that one was told.

    Raises
    ------
    ScenarioError
        Where there is nothing to redo.
    """
    place = ledger_place(prepared.file)
    if redo and (place is None or not is_there(place)):
        nothing_to_redo(prepared)
    if place is None:
        return prepared
    # A scenario without a ledger needs no database.
    from runs.morning.told import as_told

    file = None if model is None else Path(model)
    return as_told(prepared, place, file, redo=redo, beside=beside)
