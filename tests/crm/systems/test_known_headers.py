"""Files are told by their headers, in three languages, and columns found by name."""

import numpy as np
import pytest

from crm.reading.hints import in_yaml, looks_like_it, outcome_in_yaml
from crm.reading.typed_columns import typed
from crm.schema import TABLES
from crm.systems.known_headers import (
    EXPORTS,
    filled_first,
    meant_by,
    recognised,
    stand_in,
)
from crm.table import Table, text_frame

FILES = {
    "Salesforce Lead": "Id,LastName,Company,Country,LeadSource,Status,OwnerId,"
    "IsConverted,ConvertedDate,CreatedDate,LastModifiedDate,Need__c",
    "Salesforce Opportunity": "Id,Name,StageName,Amount,CloseDate,IsWon,IsClosed,"
    "OwnerId,CreatedDate,AccountId",
    "Salesforce User": "Id,Name,Email,IsActive,Department",
    "Salesforce report of leads": "Lead Owner,First Name,Company / Account,Country,"
    "Lead Status,Converted,Converted Date,Create Date,Last Modified,Lead ID",
    "HubSpot contacts": "Record ID,First Name,Email,Contact owner,Lifecycle Stage,"
    "Lead Status,Create Date,Owner Assigned Date,Became a Customer Date,Country/Region",
    "HubSpot deals": "Datensatz-ID,Dealname,Deal-Phase,Abschlussdatum,Betrag,"
    "Zuständiger Mitarbeiter für Deal,Erstellungsdatum",
    "Pipedrive deals": "Deal - ID,Deal - Title,Deal - Owner,Deal - Value,Deal - Status,"
    "Deal - Deal created,Deal - Won time,Deal - Lost time",
    "Odoo crm.lead": "External ID,Opportunity,Salesperson,Stage,Active,Probability,"
    "Expected Revenue,Created on,Assignment Date,Closed Date,Country,Source",
    "Odoo crm.lead in German": "Externe ID,Verkaufschance,Vertriebsmitarbeiter,Phase,"
    "Aktiv,Wahrscheinlichkeit,Erwarteter Umsatz,Erstellt am,Zuweisungsdatum,"
    "Abschlussdatum,Land,Quelle",
    "Odoo crm.lead in French": "ID externe,Opportunité,Vendeur,Étape,Actif,Probabilité,"
    "Revenu espéré,Créé le,Date d\u2019affectation,Date de clôture,Pays,Source",
    "Odoo res.users": "Name,Login,Sales Teams,Active",
    "Dynamics 365 Lead": "(Nicht ändern) Lead,(Nicht ändern) Geändert am,Name,Besitzer,"
    "Statusgrund,Erstellt am,Gesch. Wert,Land/Region,Abschlussdatum",
    "Zoho Leads": "Record Id,Lead Owner.id,Lead Owner,Company,Lead Status,Created Time,"
    "Modified Time,Is Converted,Converted Date Time,Country",
}
NEEDED = {
    "leads": ("lead_id", "created_at"),
    "history": ("lead_id", "created_at", "rep_id", "closed_at"),
    "reps": ("rep_id",),
    "accounts": ("account_id", "owner_rep_id"),
    "absences": (),
}


@pytest.mark.parametrize("kind", FILES)
def test_recognised(kind):
    """System and file are told, and what each of its roles needs is found."""
    headers = FILES[kind].split(",")
    export = recognised(headers)[0].export
    assert f"{export.system} {export.name}" == kind.partition(" in ")[0]
    for role in export.roles:
        for column in NEEDED[role]:
            several = filled_first(column, role, headers)
            found = several or [meant_by(column, role, headers)]
            assert set(found) <= set(headers), (role, column)
    if "history" in export.roles:
        when = meant_by("assigned_at", "history", headers) or stand_in(
            "assigned_at", "history", headers
        )
        assert when in headers
        assert outcome_in_yaml(headers).startswith("{won: {")


def test_a_file_of_our_own_is_of_no_system():
    """Our columns, and those of other tables, tell no system."""
    assert recognised(["lead_id", "created_at", "territory", "deal_value"]) == []
    assert recognised([]) == []


def test_names_that_any_table_may_have():
    """Owners and dates are found without a system, the likelier name first."""
    headers = ["id", "Owner", "owner_id", "created-at", "e_mail", "zzz"]
    assert meant_by("rep_id", "history", headers) == "owner_id"
    assert meant_by("created_at", "leads", headers) == "created-at"
    assert meant_by("lead_id", "leads", headers) == "id"
    assert meant_by("email", "leads", headers) == "e_mail"
    assert meant_by("territory", "leads", headers) == ""
    assert meant_by("anything", "leads", headers) == ""


@pytest.mark.parametrize("export", EXPORTS, ids=lambda e: f"{e.system} {e.name}")
def test_what_is_said_of_an_export_fits(export):
    """Its columns are ours, and conditions, stand-ins and joins name its headers."""
    for role in export.roles:
        assert role in TABLES
    ours = {name for role in export.roles for name in TABLES[role]}
    assert set(export.columns) <= ours | {"email"}, "owners are matched by it"
    named = {names[0] for names in (*export.columns.values(), *export.others.values())}
    named |= set(export.others)
    for condition in (*export.won, *export.lost):
        assert set(condition) <= named
    for mapped in (export.first_filled, export.joined):
        for column, headers in mapped.items():
            assert column in ours and set(headers) <= named
    assert set(export.stand_ins.values()) <= named
    assert set(export.owner) <= {"rep_id", "name", "email"}


def messages(headers, table="history"):
    """Return the messages of the columns that an empty file with headers lacks."""
    file = Table("f.csv", text_frame(headers, [[]] * len(headers)), np.empty(0, int))
    _, issues = typed(file, TABLES[table], table)
    return {issue.column: issue.expected for issue in issues}


def test_hints_of_missing_columns():
    """The message names the header and the key that mends it."""
    told = messages(FILES["Salesforce Lead"].split(","))
    assert told["lead_id"].endswith("'Id' looks like it: `columns: {lead_id: Id}`")
    assert "`columns: {rep_id: OwnerId}`" in told["rep_id"]
    assert "'CreatedDate' may stand for it" in told["assigned_at"]
    assert "{outcome: {won: {IsConverted: true}, lost: {IsCon" in told["outcome"]
    assert "{rep_id: Owner}" in messages(["Owner", "Id"])["rep_id"]
    assert "{rep_id: Salesperson}" in messages(["Salesperson"])["rep_id"]
    told = messages(["Id", "Name", "IsActive"], "reps")
    assert "`constants: {daily_capacity: 10}`" in told["daily_capacity"]


def test_hint_of_several_columns():
    """When a lead was won and when it was lost are two columns: either of them."""
    told = messages(FILES["Pipedrive deals"].split(","))["closed_at"]
    assert "{closed_at: [Deal - Won time, Deal - Lost time]}" in told


def test_words_of_an_outcome_without_a_system():
    """A column of stages needs its words translated."""
    told = messages(["Stage", "Owner"])["outcome"]
    assert "`columns: {outcome: Stage}`, with its words as won or lost or open" in told


def test_misspelt_names_are_still_found():
    """Where no header is known, the nearest name is offered."""
    told = messages(["outcme", "lead_idd"])
    assert "did you mean 'outcme'?" in told["outcome"]


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("OwnerId", "OwnerId"),
        ("Company / Account", "Company / Account"),
        ("Deal - ID", "Deal - ID"),
        ("(Do Not Modify) Lead", '"(Do Not Modify) Lead"'),
        ("Lead Owner.id", "Lead Owner.id"),
        ("Yes", '"Yes"'),
        ("100", '"100"'),
        ("a, b", '"a, b"'),
        ('say "so"', '"say \\"so\\""'),
    ],
)
def test_texts_in_yaml(text, written):
    """A hint can be pasted: it is quoted where YAML would read something else."""
    from ruamel.yaml import YAML

    assert in_yaml(text) == written
    assert YAML(typ="safe").load(f"{{key: {written}}}") == {"key": text}


def test_nothing_is_known_of_tables_that_are_none():
    """A table without a name has no hints."""
    file = Table("f.csv", text_frame([], []), np.empty(0, int))
    assert looks_like_it("rep_id", "", file) == ""
