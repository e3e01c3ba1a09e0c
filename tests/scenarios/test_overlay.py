"""A scenario can take rules of its base out, and change its lists."""

import pytest

from scenarios.errors import ScenarioError
from scenarios.validation import read_scenario

BASE = """version: 1
name: base
data: {leads: {file: leads.csv, drop: [a, b]}, reps: reps.csv}
rules:
  - kind: capacity
  - {kind: territory, name: home}
"""


def extended(folder, text):
    """Return the scenario of a file that extends the base."""
    (folder / "base.yaml").write_text(BASE)
    path = folder / "daily.yaml"
    path.write_text(f"extends: base.yaml\n{text}")
    return read_scenario(path).scenario


def test_a_rule_is_taken_out(tmp_path):
    """By name, or by kind where it has no name; true leaves it."""
    text = "rules: [{name: home, enabled: false}, {kind: capacity, enabled: true}]"
    assert [rule.name for rule in extended(tmp_path, text).rules] == ["capacity"]
    text = "rules: [{kind: capacity, enabled: false}]"
    assert [rule.name for rule in extended(tmp_path, text).rules] == ["home"]


def test_a_disabled_rule_of_its_own(tmp_path):
    """Is as if it were not there."""
    path = tmp_path / "base.yaml"
    path.write_text(BASE.replace("name: home", "name: home, enabled: false"))
    assert [rule.name for rule in read_scenario(path).scenario.rules] == ["capacity"]


def test_a_list_is_changed(tmp_path):
    """Entries go and come by name."""
    text = "data: {leads: {drop: {remove: [a], add: [c]}}}"
    assert extended(tmp_path, text).data.leads.drop == ["b", "c"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("rules: [{name: hom, enabled: false}]", "no rule 'hom' to take out; did you"),
        ("rules: [{kind: territory, enabled: false}]", "no rule 'territory'"),
        ("rules: [{name: home, enabled: no}]", "enabled"),
        ("data: {leads: {drop: {remove: [x]}}}", "line 2: the base has no 'x'"),
    ],
)
def test_what_is_not_there_cannot_be_taken_out(tmp_path, text, said):
    """A slip in the name is told."""
    with pytest.raises(ScenarioError, match=said):
        extended(tmp_path, text)


def test_a_plain_file_name_leaves_the_other_keys(tmp_path):
    """Over a source with keys, or under one."""
    leads = extended(tmp_path, "data: {leads: today.csv}").data.leads
    assert (leads.file, leads.drop) == ("today.csv", ["a", "b"])
    reps = extended(tmp_path, "data: {reps: {drop: [c]}}").data.reps
    assert (reps.file, reps.drop) == ("reps.csv", ["c"])


def test_a_column_is_replaced_as_a_whole(tmp_path):
    """Conditions of the base are none of the new ones; other columns stay."""
    base = "columns: {territory: Land, company: {join: [a, b]}, email: Mail}"
    (tmp_path / "base.yaml").write_text(BASE.replace("drop: [a, b]", base))
    path = tmp_path / "daily.yaml"
    own = "columns: {company: {join: [c]}, email: [x, y]}"
    path.write_text(f"extends: base.yaml\ndata: {{leads: {{{own}}}}}")
    columns = read_scenario(path).scenario.data.leads.columns
    assert columns["territory"] == "Land" and columns["email"] == ["x", "y"]
    assert columns["company"].join == ["c"]
