"""The day's leads found among contacts, by probability."""

from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from crm import DataError, Issue, suggestion
from crm.contact_keys.keys import KeyReader
from crm.formats import read_table
from crm.linkage.comparable import records_of
from crm.linkage.linking import linked
from runs.company.company import scenario_here
from runs.prepared.prepared import prepare
from scenarios.duplicate_checks import OF_A_PERSON, key_reader
from scenarios.duplicates import Duplicates

CONTACT, OWNER = "contact_id", "owner_rep_id"
FEWEST = 100
"""Leads, and contacts, from which on a model of them can be fitted."""
MODEL = "model"
"""How a pair was found that shares no key."""


@dataclass(frozen=True)
class Matches:
    """Leads found among contacts.

    Attributes
    ----------
    pairs
        lead_id, contact_id, by (kinds of the keys they share, or ``model``),
        probability (1 for keys) and, where the file has it, owner_rep_id.
    is_fitted
        Whether there were enough of both to fit a model.
    """

    pairs: pd.DataFrame
    is_fitted: bool


def likely_contacts(
    file: Path, threshold: float, scenario: Path | None = None
) -> Matches:
    """Return leads and the contacts that they are by a key or with this probability.

    Parameters
    ----------
    file
        A table with a contact_id and what can be compared.
    scenario
        Whose leads; by default the one that a command without tables takes.

    Raises
    ------
    DataError, ScenarioError
        Where a table cannot be read or compared, or Splink is not installed.
    """
    prepared = prepare(scenario or scenario_here())
    leads, contacts = prepared.crm.leads, _contacts(file)
    spec = prepared.file.scenario.duplicates or Duplicates()
    reader = key_reader(spec)
    pairs = _by_keys(leads, contacts, reader, spec)
    is_fitted = min(len(leads), len(contacts)) >= FEWEST
    if is_fitted:
        left = records_of(leads, "lead_id", reader)
        found = linked(left, records_of(contacts, CONTACT, reader), threshold)
        names = {"left_id": "lead_id", "right_id": CONTACT}
        found = found.rename(columns=names).assign(by=MODEL)[pairs.columns]
        both = [part for part in (pairs, found) if len(part)]
        pairs = pd.concat(both, ignore_index=True) if both else pairs
        pairs = pairs.drop_duplicates(["lead_id", CONTACT])
    if OWNER in contacts:
        pairs[OWNER] = pairs[CONTACT].map(contacts.set_index(CONTACT)[OWNER])
    return Matches(pairs.reset_index(drop=True), is_fitted)


def _by_keys(
    leads: pd.DataFrame, contacts: pd.DataFrame, reader: KeyReader, spec: Duplicates
) -> pd.DataFrame:
    """Return the pairs that share a key of a person, which few contacts have."""
    kinds = [kind for kind in spec.keys if kind in OF_A_PERSON]
    theirs = reader.keys(contacts, kinds, CONTACT)
    n_contacts = theirs.groupby(["kind", "key"])[CONTACT].transform("size")
    theirs = theirs[n_contacts <= spec.at_most]
    pairs = reader.keys(leads, kinds).merge(theirs, on=["kind", "key"])
    by = pairs.groupby(["lead_id", CONTACT], sort=True)["kind"].agg(", ".join)
    table = by.rename("by").reset_index()
    return table.assign(probability=1.0)


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
