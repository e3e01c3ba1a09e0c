"""A file that a system's own importer takes: ids of leads, and their new owners."""

from dataclasses import dataclass

import pandas as pd

from crm import DataError, Issue, Source, listed
from crm.importers import ImportColumn, Importer
from runs.exporting.changes import OwnerChanges
from runs.exporting.owner_words import owner_words

_NAMED = 3
"""Leads named before the rest is counted."""


@dataclass(frozen=True, eq=False)
class ImportFile:
    """What an importer takes.

    Attributes
    ----------
    table
        One row for each lead that gets another owner.
    owner_column
        The column of the reps that the owners are from.
    """

    table: pd.DataFrame
    owner_column: str


def import_file(
    importer: Importer,
    changes: OwnerChanges,
    *,
    id_name: str | None = None,
    owner_name: str | None = None,
    owner_from: str | None = None,
) -> ImportFile:
    """Return what the importer takes for the leads that get another owner.

    Parameters
    ----------
    id_name, owner_name
        What to call the two columns, in place of the importer's own names.
    owner_from
        The column of the reps to take owners from, as
        :func:`runs.exporting.owner_words.owner_words` has it.

    Raises
    ------
    DataError
        Where ids or owners are none that the importer finds.
    """
    refuse_own_ids(changes)
    changed, source = changes.changed, changes.run.file.scenario.data.leads
    header = _id_header(importer, changed["lead_id"])
    reps = changes.run.crm.reps
    owners = owner_words(importer, reps, changed["rep_id"], owner_from)
    names = [
        id_name or _label(importer, header, source, "lead_id"),
        owner_name or _label(importer, owners.header, source, "current_rep_id"),
    ]
    table = pd.DataFrame(
        {names[0]: changed["lead_id"], names[1]: changed["rep_id"].map(owners.word)},
        dtype=object,
    )
    if importer.system == "CSV":
        table["previous_rep_id"] = changed["before"]
    return ImportFile(table, owners.column)


def refuse_own_ids(changes: OwnerChanges) -> None:
    """Raise where the ids of leads were made by the scenario, so no system knows them.

    A column of the file is named by a text; row numbers and joined columns are not.
    """
    source = changes.run.file.scenario.data.leads
    if not isinstance(source.columns.get("lead_id", ""), str):
        made = "the lead_id is made by the scenario, so no system knows it; map the id"
        raise DataError([Issue("data.leads.columns", made, column="lead_id")])


def _id_header(importer: Importer, lead_ids: pd.Series) -> ImportColumn:
    """Return the first header that fits all ids."""
    for header in importer.ids:
        if all(map(header.cell.fullmatch, lead_ids)):
            return header
    known = importer.ids[0].cell
    wrong = [text for text in lead_ids if not known.fullmatch(text)]
    kinds = " or ".join(header.kind for header in importer.ids)
    expected = (
        f"{importer.system} finds records by {kinds}, all by the same, and "
        f"{listed(wrong, _NAMED)} is none; map the system's own id to lead_id"
    )
    raise DataError([Issue("leads", expected, column="lead_id")])


def _label(
    importer: Importer, header: ImportColumn, source: Source, column: str
) -> str:
    """Return the label of a column in the export, where importers find it by that."""
    origin = source.columns.get(column)
    label = getattr(origin, "column", origin)
    return label if importer.is_labelled and isinstance(label, str) else header.name
