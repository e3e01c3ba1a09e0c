"""What the importers of CRM systems take to give a lead another owner."""

import re
from dataclasses import dataclass

EMAIL = re.compile(r"[^@\s]+@[^@\s]+")
NUMBER = re.compile(r"[0-9]+")
EXTERNAL_ID = re.compile(r"\w+\.[\w-]+")
"""Of Odoo: module and name."""
_SALESFORCE = r"[0-9A-Za-z]{12}(?:[0-9A-Za-z]{3})?"
_ANYTHING = re.compile(r".+", re.DOTALL)
NAME = re.compile(r"(?=.*[^\W\d_]).+", re.DOTALL)
"""Has a letter."""
SALESFORCE_OWNER = re.compile(rf"(?:005|00G){_SALESFORCE}")

EMAIL_COLUMNS = (
    *("email", "e_mail", "email_address", "primary_email", "user_email", "work_email"),
    *("login", "user_login", "user_name", "username"),
)
NAME_COLUMNS = ("name", "full_name", "display_name", "user", "user_name", "salesperson")


@dataclass(frozen=True)
class ImportColumn:
    """A column of an import file.

    Attributes
    ----------
    name
        What it is called.
    cell
        What every cell of it looks like.
    kind
        What that is, in words.
    """

    name: str
    cell: re.Pattern[str]
    kind: str


@dataclass(frozen=True)
class Importer:
    """How one system's own importer changes owners.

    Attributes
    ----------
    system
        Its name.
    ids, owners
        The columns that may name records and owners, the best first: the first that
        fits is written.
    columns
        Columns of the reps that may hold such an owner, beside ``rep_id``.
    is_labelled
        Columns are found by their label, which the export had as well.
    advice
        What to do with the file.
    """

    system: str
    ids: tuple[ImportColumn, ...]
    owners: tuple[ImportColumn, ...]
    columns: tuple[str, ...]
    is_labelled: bool
    advice: str


IMPORTERS = {
    "csv": Importer(
        "CSV",
        (ImportColumn("lead_id", _ANYTHING, "an id"),),
        (ImportColumn("rep_id", _ANYTHING, "an id"),),
        (),
        False,
        "the columns are ours: ids of leads and reps as they were read",
    ),
    "sql": Importer(
        "a database",
        (ImportColumn("", _ANYTHING, "an id"),),
        (ImportColumn("", _ANYTHING, "an id"),),
        (),
        False,
        "",
    ),
    "salesforce": Importer(
        "Salesforce",
        (
            ImportColumn(
                "Id", re.compile(rf"[0-9A-Za-z]{{3}}{_SALESFORCE}"), "a record id"
            ),
        ),
        (
            ImportColumn(
                "OwnerId",
                SALESFORCE_OWNER,
                "the id of a user (005...) or queue (00G...)",
            ),
        ),
        ("id", "user_id", "owner_id"),
        False,
        "Data Loader: Update, the object of the leads, Auto-Match Fields to Columns",
    ),
    "hubspot": Importer(
        "HubSpot",
        (ImportColumn("Record ID", NUMBER, "a record id"),),
        (ImportColumn("Contact owner", EMAIL, "a user's e-mail"),),
        EMAIL_COLUMNS,
        True,
        "Import: file from computer, the object of the leads, Update existing records",
    ),
    "pipedrive": Importer(
        "Pipedrive",
        (ImportColumn("Deal - ID", NUMBER, "a Pipedrive system id"),),
        (ImportColumn("Deal - Owner", NAME, "a user's name"),),
        NAME_COLUMNS,
        True,
        "Import data, From a spreadsheet: map to ID and Owner of the deal",
    ),
    "odoo": Importer(
        "Odoo",
        (
            ImportColumn(".id", NUMBER, "a database id"),
            ImportColumn("id", EXTERNAL_ID, "an external id"),
        ),
        (
            ImportColumn("user_id/.id", NUMBER, "a database id"),
            ImportColumn("user_id/id", EXTERNAL_ID, "an external id"),
            ImportColumn("user_id", NAME, "a user's name"),
        ),
        NAME_COLUMNS,
        False,
        "CRM, list view, Import records; Test shows what it matched before it imports",
    ),
    "zoho": Importer(
        "Zoho",
        (ImportColumn("Record Id", re.compile(r"(?:zcrm_)?[0-9]+"), "a record id"),),
        (ImportColumn("Lead Owner", EMAIL, "a user's e-mail"),),
        EMAIL_COLUMNS,
        True,
        "Import: Update existing only, find existing by Record Id, map the owner",
    ),
    "dynamics": Importer(
        "Dynamics 365",
        (
            ImportColumn(
                "(Do Not Modify) Lead",
                re.compile(
                    r"\{?[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}\}?"
                ),
                "the id of a record, a GUID",
            ),
        ),
        (ImportColumn("Owner", NAME, "a user's full name"),),
        NAME_COLUMNS,
        True,
        "the wizard updates from nothing but the workbook that it exported, with its "
        "hidden checksums: paste these owners into its Owner column, row by id, and "
        "import that; imported by itself, this file would make new leads",
    ),
}
"""System -> how its importer changes owners."""
