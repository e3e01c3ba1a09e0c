"""Columns are found under any of their names, and need not be there if said so."""

import pytest

from crm import DataError

HISTORY = """\
ID externe,Créé le,Vendeur,Actif,Chance
x1,2026-03-03,R1,True,100
x2,2026-03-04,R2,False,0
"""
SOURCE = {
    "file": "history.csv",
    "columns": {
        "lead_id": "External ID",
        "created_at": "Created on",
        "assigned_at": ["Assigned on", "Created on"],
        "closed_at": "Created on",
        "rep_id": {"column": "Salesperson", "match": ["rep_id"]},
        "company": {"join": ["Firm", "Branch"]},
        "phone": "Phone",
        "outcome": {"won": {"Chance": 100}, "lost": {"Active": False}},
    },
    "headers": {
        "External ID": ["Externe ID", "ID externe"],
        "Created on": ["Erstellt am", "Créé le"],
        "Salesperson": ["Vendeur"],
        "Active": ["Actif"],
    },
    "optional": ["Assigned on", "Firm", "Branch", "Phone", "Deleted"],
    "fill": {"phone": "none"},
    "where": {"Deleted": {"not": True}},
    "drop": ["Deleted"],
}


def test_names_of_another_language(read):
    """Conditions, joined and first-filled columns too; what is absent is named once."""
    crm, issues = read({"history": SOURCE}, history=HISTORY)
    assert list(crm.history["lead_id"]) == ["x1", "x2"]
    assert list(crm.history["outcome"]) == ["won", "lost"]
    assert not crm.has("history", "phone") and not crm.has("history", "company")
    told = [str(issue) for issue in issues if "need not have" in issue.expected]
    assert len(told) == 1
    assert told[0].endswith("has not: Assigned on, Firm, Branch, Phone, Deleted")
    assert crm.sources["history"].columns["lead_id"] == "ID externe"


def test_two_names_of_one_column(read):
    """Which is meant is asked."""
    both = HISTORY.replace("Chance", "Externe ID")
    with pytest.raises(DataError, match="Externe ID, ID externe may all be External"):
        read({"history": SOURCE}, history=both)


def test_a_column_under_none_of_its_names(read):
    """All names are told."""
    with pytest.raises(DataError, match="no such column, nor Erstellt am or Créé le"):
        read({"history": SOURCE}, history=HISTORY.replace("Créé le", "Date"))


def test_rows_that_fit_no_condition(read):
    """Are open where nothing is said of open, else an error with their cells."""
    outcome = {"won": {"Chance": 100}, "lost": {"Chance": 0}}
    source = SOURCE | {"columns": SOURCE["columns"] | {"outcome": outcome}}
    text = HISTORY + "x3,2026-03-05,R1,True,40\n"
    assert read({"history": source}, history=text)[0].history["outcome"][2] == "open"
    outcome["open"] = {"Chance": {"min": 50}}
    said = "row 4, column outcome: 'Chance 40': expected one of won, lost, open"
    with pytest.raises(DataError, match=said):
        read({"history": source}, history=text)
    values = {"outcome": {"Chance 40": "lost", "no Chance": "open"}}
    text += "x4,2026-03-05,R1,True,\n"
    crm, _ = read({"history": source | {"values": values}}, history=text)
    assert list(crm.history["outcome"]) == ["won", "lost", "lost", "open"]
    kept = {"External ID": {"not": ["x3", "x4"]}}
    crm, _ = read({"history": source | {"where": kept}}, history=text)
    assert list(crm.history["outcome"]) == ["won", "lost"]


def test_an_export_of_another_system(read):
    """What it seems to be is said."""
    text = "Record ID,Lifecycle Stage,Contact owner\n1,Customer,Anna\n"
    said = (
        "headers are those of HubSpot, contacts \\('Lifecycle Stage', 'Contact owner'"
    )
    with pytest.raises(DataError, match=said):
        read({"history": SOURCE}, history=text)
    with pytest.raises(DataError) as error:
        read({"history": SOURCE}, history=HISTORY.replace("Chance", "Deal Stage"))
    assert "HubSpot" not in str(error.value)
