"""The owners of a run written to the database that the leads came from."""

from pathlib import Path

from crm import DataError, Issue
from crm.database_url import url_fault
from crm.databases.address import address_of
from crm.databases.owner_table import OwnerTable
from crm.databases.writing import OwnerChange, WriteBack, write_owners
from crm.importers import IMPORTERS
from runs.exporting.changes import OwnerChanges
from runs.exporting.import_file import refuse_own_ids
from runs.exporting.owner_words import matched_by, owner_words


def export_to_database(
    changes: OwnerChanges,
    url: str,
    target: OwnerTable,
    *,
    owner_from: str | None = None,
    dry_run: bool = False,
) -> tuple[WriteBack, str]:
    """Return what became of the changes, written in one transaction, and owner_from.

    Parameters
    ----------
    url
        As a scenario has it; SQLite files are relative to the current folder.
    owner_from
        The column of the reps that has the database's owners; by default the one that
        owners were found by, else their ids.

    Raises
    ------
    DataError
        Where the URL holds a password, or nothing could be written.
    """
    if fault := url_fault(url):
        raise DataError([Issue("--url", fault)])
    refuse_own_ids(changes)
    address = address_of(url, Path(), "--url")
    reps, needed = changes.run.crm.reps, changes.changed["rep_id"]
    owner_from = owner_from or matched_by(changes.run.file.scenario.data.leads, reps)
    words = owner_words(IMPORTERS["sql"], reps, needed, owner_from)
    owners = _owner_changes(changes, words.word)
    return write_owners(address, target, owners, dry_run=dry_run), words.column


def _owner_changes(changes: OwnerChanges, word: dict[str, str]) -> list[OwnerChange]:
    """Return the changes with the database's words for owners, before and after."""
    rows = changes.changed[["lead_id", "before", "rep_id"]].itertuples(index=False)
    return [
        OwnerChange(lead_id, word.get(before, before), word[rep_id])
        for lead_id, before, rep_id in rows
    ]
