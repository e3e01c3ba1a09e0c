"""Each system's importer gets what it takes: the file's own ids, and owner words."""

from types import SimpleNamespace

import pandas as pd
import pytest

from crm import DataError, Source
from crm.importers import IMPORTERS
from runs.exporting.changes import OwnerChanges
from runs.exporting.import_file import import_file

REPS = {
    "rep_id": ["17", "18"],
    "name": ["Anna Müller", "Björn Krause"],
    "Email": ["anna@x.example", "bjorn@x.example"],
    "Id": ["0055g00000aBcDeAAK", "0055g00000aBcDfAAK"],
}


def changes(lead_ids, rep_ids=("17", "18"), reps=REPS, **columns):
    """Return changes of two leads."""
    changed = pd.DataFrame(
        {"lead_id": lead_ids, "rep_id": list(rep_ids), "before": ["", "17"]},
        dtype=object,
    )
    leads = Source(file="leads.csv", columns=columns)
    data = SimpleNamespace(leads=leads)
    run = SimpleNamespace(
        file=SimpleNamespace(scenario=SimpleNamespace(data=data)),
        crm=SimpleNamespace(reps=pd.DataFrame(reps, dtype=object)),
    )
    return OwnerChanges(run, changed, 0, 0)


LEAD = "00Q5g00000aBcDeAAK", "00Q5g00000aBcDf"
GUID = "a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11", "A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A12"


@pytest.mark.parametrize(
    ("system", "lead_ids", "columns", "owners"),
    [
        ("salesforce", LEAD, ["Id", "OwnerId"], REPS["Id"]),
        ("hubspot", ["1", "2"], ["Record ID", "Contact owner"], REPS["Email"]),
        ("pipedrive", ["1", "2"], ["Deal - ID", "Deal - Owner"], REPS["name"]),
        ("odoo", ["1", "2"], [".id", "user_id/.id"], REPS["rep_id"]),
        (
            "odoo",
            ["__export__.lead_1_ab", "x.b"],
            ["id", "user_id/.id"],
            REPS["rep_id"],
        ),
        ("zoho", ["zcrm_1", "2"], ["Record Id", "Lead Owner"], REPS["Email"]),
        ("dynamics", GUID, ["(Do Not Modify) Lead", "Owner"], REPS["name"]),
    ],
)
def test_the_importer_gets_its_columns(system, lead_ids, columns, owners):
    """Ids as they were, owners as the system calls them."""
    table = import_file(IMPORTERS[system], changes(lead_ids)).table
    assert list(table.columns) == columns
    assert table[columns[0]].tolist() == list(lead_ids)
    assert table[columns[1]].tolist() == owners


def test_odoo_finds_users_by_name_where_ids_are_none():
    """The id of a rep is a name then."""
    reps = {"rep_id": ["Anna Müller", "Björn Krause"]}
    file = import_file(IMPORTERS["odoo"], changes(["1", "2"], reps["rep_id"], reps))
    assert list(file.table.columns) == [".id", "user_id"]
    assert file.table["user_id"].tolist() == reps["rep_id"]


def test_labels_are_those_of_the_export():
    """Deals have a deal owner, and other languages other words."""
    made = changes(["1", "2"], lead_id="Datensatz-ID", current_rep_id="Deal owner")
    table = import_file(IMPORTERS["hubspot"], made).table
    assert list(table.columns) == ["Datensatz-ID", "Deal owner"]


def test_names_can_be_given():
    """For objects of one's own."""
    file = import_file(
        IMPORTERS["csv"],
        changes(["a", "b"]),
        id_name="id",
        owner_name="owner",
        owner_from="Email",
    )
    assert list(file.table.columns) == ["id", "owner", "previous_rep_id"]
    assert file.table["owner"].tolist() == REPS["Email"]


@pytest.mark.parametrize("system", ["salesforce", "hubspot", "zoho"])
def test_a_system_that_finds_no_owner_says_what_it_needs(system):
    """And which columns there are."""
    reps = {"rep_id": ["R1", "R2"], "name": ["A", "B"]}
    ids = LEAD if system == "salesforce" else ["1", "2"]
    with pytest.raises(DataError, match=r"finds owners by.*R1, R2.*--owner-from.*name"):
        import_file(IMPORTERS[system], changes(ids, ["R1", "R2"], reps))


def test_a_wrong_column_of_owners_is_named():
    """With the nearest."""
    with pytest.raises(DataError, match="no such column; did you mean 'Email'"):
        import_file(IMPORTERS["csv"], changes(["a", "b"]), owner_from="Emails")


def test_a_name_of_two_reps_is_refused():
    """The importer would take either."""
    reps = {**REPS, "name": ["Anna Lee", "anna  lee"]}
    with pytest.raises(DataError, match="'Anna Lee': stands for 17 and 18"):
        import_file(IMPORTERS["pipedrive"], changes(["1", "2"], reps=reps))


@pytest.mark.parametrize("system", sorted(set(IMPORTERS) - {"csv", "sql", "pipedrive"}))
def test_ids_that_are_none_of_the_system_are_refused(system):
    """One message for all."""
    with pytest.raises(DataError, match="L1, L2") as refused:
        import_file(IMPORTERS[system], changes(["L1", "L2"]))
    assert len(refused.value.issues) == 1
