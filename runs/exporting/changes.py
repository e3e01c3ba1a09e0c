"""What a run changes: leads whose owner is another than in the export."""

from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from crm import DataError, Issue
from crm.importers import SALESFORCE_OWNER
from crm.rep_join import short_id
from runs.folder.day import ASSIGNMENTS, refuse_changed
from runs.folder.reading import RunFolder, read_folder


@dataclass(frozen=True, eq=False)
class OwnerChanges:
    """The leads of a run that get another owner.

    Attributes
    ----------
    run
        The run folder, as the run wrote it.
    changed
        One row each: lead_id, rep_id, and before, the owner in the export; empty
        where it had none.
    n_kept, n_unassigned
        Leads whose owner stays, and leads without one, which are left alone.
    """

    run: RunFolder
    changed: pd.DataFrame
    n_kept: int
    n_unassigned: int

    @property
    def knows_owners(self) -> bool:
        """Whether the export said of any lead whose it was."""
        return bool((self.run.crm.leads["current_rep_id"] != "").any())


def owner_changes(folder: Path) -> OwnerChanges:
    """Return what a run changes.

    Raises
    ------
    DataError, ScenarioError
        Where the folder is none, or any file of it is not as the run wrote it.
    """
    run = read_folder(folder)
    refuse_changed(run, None, "nothing is exported; run the scenario again")
    if not run.manifest.status.has_solution:
        nothing = f"the run is {run.manifest.status}, so there are no owners to export"
        raise DataError([Issue(str(folder), nothing)])
    assigned = run.table(ASSIGNMENTS, "lead_id", "rep_id").frame
    before = run.crm.leads.set_index("lead_id")["current_rep_id"]
    table = assigned[["lead_id", "rep_id"]].assign(
        before=before.reindex(assigned["lead_id"]).to_numpy()
    )
    stays = table["rep_id"].map(_owner) == table["before"].map(_owner)
    n_unassigned = len(run.crm.leads) - len(table)
    changed = table[~stays].reset_index(drop=True)
    return OwnerChanges(run, changed, int(stays.sum()), n_unassigned)


def _owner(text: str) -> str:
    """Return an owner's id; of Salesforce's two forms, the short one."""
    return short_id(text) if SALESFORCE_OWNER.fullmatch(text) else text
