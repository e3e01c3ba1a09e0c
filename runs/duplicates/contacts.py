"""The day's leads found among contacts, by probability."""

from pathlib import Path

import pandas as pd

from crm import DataError, Issue, suggestion
from crm.formats import read_table
from crm.linkage.comparable import records_of
from crm.linkage.linking import linked
from runs.company.company import scenario_here
from runs.prepared.prepared import prepare
from scenarios.duplicate_checks import key_reader

CONTACT, OWNER = "contact_id", "owner_rep_id"


def likely_contacts(
    file: Path, threshold: float, scenario: Path | None = None
) -> pd.DataFrame:
    """Return leads and the contacts that they are with this probability or more.

    Parameters
    ----------
    file
        A table with a contact_id and what can be compared.
    scenario
        Whose leads; by default the one that a command without tables takes.

    Returns
    -------
    pandas.DataFrame
        lead_id, contact_id, probability and, where the file has it, owner_rep_id.

    Raises
    ------
    DataError, ScenarioError
        Where a table cannot be read or compared, or Splink is not installed.
    """
    prepared = prepare(scenario or scenario_here())
    contacts = _contacts(file)
    reader = key_reader(prepared.file.scenario.duplicates)
    pairs = linked(
        records_of(prepared.crm.leads, "lead_id", reader),
        records_of(contacts, CONTACT, reader),
        threshold,
    ).rename(columns={"left_id": "lead_id", "right_id": CONTACT})
    if OWNER in contacts:
        pairs[OWNER] = pairs[CONTACT].map(contacts.set_index(CONTACT)[OWNER])
    return pairs


def _contacts(file: Path) -> pd.DataFrame:
    table = read_table(file, str(file))
    frame = table.frame
    if CONTACT not in frame:
        known = [str(name) for name in frame]
        expected = f"expected a column {CONTACT}{suggestion(CONTACT, known)}"
        raise DataError([Issue(str(file), expected)])
    again = frame[CONTACT].duplicated() | (frame[CONTACT] == "")
    if again.any():
        expected = "expected an id of each contact, once"
        raise DataError(table.issues(again.to_numpy(), CONTACT, expected))
    return frame
