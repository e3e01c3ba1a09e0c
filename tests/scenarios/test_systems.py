"""Ready scenarios are extended by name, and agree with the headers that are known."""

import pytest

from crm import Issue
from crm.column_origin import columns_of
from crm.systems.known_headers import EXPORTS
from scenarios import ScenarioError, read_scenario
from scenarios.files import SYSTEMS, system_file
from scenarios.places import placed

FILES = "data: {leads: leads.csv, reps: reps.csv, history: history.csv}\n"


def extending(folder, named):
    path = folder / "daily.yaml"
    path.write_text(f"extends: {named}\n{FILES}")
    return read_scenario(path).scenario


@pytest.mark.parametrize("system", SYSTEMS)
def test_a_ready_scenario_is_extended(tmp_path, system):
    """It has a name and capacity; file names stay those of the user's folder."""
    scenario = extending(tmp_path, f"rightrep:{system}")
    assert scenario.name and [rule.kind for rule in scenario.rules] == ["capacity"]
    assert scenario.data.leads.file == "leads.csv"
    history = scenario.data.history
    assert system == "sheets" or {"lead_id", "outcome"} <= history.columns.keys()


@pytest.mark.parametrize(
    ("named", "said"),
    [
        ("rightrep:salesforse", "did you mean 'salesforce'"),
        ("rightrep:daily", "there are rightrep:salesforce, rightrep:salesforce_report"),
        ("rightrep: odoo", "is written without a space: rightrep:salesforce"),
        ("odoo.yaml", "`extends: rightrep:odoo` comes with rightrep"),
    ],
)
def test_a_name_that_is_none(tmp_path, named, said):
    """The ready ones are told; a missing file is no ready scenario by itself."""
    with pytest.raises(ScenarioError, match=said):
        extending(tmp_path, named)


def test_letters_of_the_name_may_be_large(tmp_path):
    """As people write the systems."""
    assert extending(tmp_path, "RightRep:HubSpot").name == "HubSpot"


def test_a_fault_of_a_ready_scenario_is_mended_in_ones_own(tmp_path):
    """Its line is shown under its name, which nobody can edit."""
    path = tmp_path / "daily.yaml"
    path.write_text(f"extends: rightrep:odoo\n{FILES}")
    keys = ("data", "leads", "columns")
    issue = Issue("leads.csv", "no such column", column="Created on", keys=keys)
    told = str(placed(read_scenario(path).document, [issue])[0])
    assert told.startswith("rightrep:odoo, line ")
    assert told.endswith("write data.leads.columns of your own, which goes over it")


def test_a_file_of_ones_own_may_have_the_name_of_a_ready_one(tmp_path):
    """A plain name is a file."""
    (tmp_path / "odoo.yaml").write_text("version: 1\nname: ours\n")
    assert extending(tmp_path, "odoo.yaml").name == "ours"


@pytest.mark.parametrize("system", [s for s in SYSTEMS if s != "sheets"])
def test_headers_are_those_that_hints_know(tmp_path, system):
    """One spelling of each, in every language that a ready scenario has."""
    known = {h for e in EXPORTS for names in e.columns.values() for h in names}
    known |= {h for e in EXPORTS for names in e.others.values() for h in names}
    data = extending(tmp_path, f"rightrep:{system}").data
    ids = ("lead_id", "created_at", "rep_id", "outcome", "closed_at", "deal_value")
    for source in data.sources.values():
        read = {c for o in ids for c in columns_of(source.columns.get(o))}
        assert read <= known
        named = {h for c in read for h in source.headers.get(c, [])}
        assert named <= known


def test_a_ready_scenario_is_a_file_of_the_package():
    """Its comments say what to write."""
    for system in SYSTEMS:
        text = system_file(f"rightrep:{system}").read_text(encoding="utf-8")
        assert f"`extends: rightrep:{system}`" in text
