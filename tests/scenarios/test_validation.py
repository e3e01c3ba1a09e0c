"""Values that the schema refuses are told in the words of scenario files."""

from datetime import date

import pytest

from scenarios.errors import ScenarioError
from scenarios.validation import read_scenario
from tests.small_company import SCENARIO


@pytest.fixture
def issues(tmp_path):
    """Return a function: scenario text -> lines, keys and messages of its issues."""

    def issues_of(text):
        path = tmp_path / "daily.yaml"
        path.write_text(text, encoding="utf-8")
        with pytest.raises(ScenarioError) as caught:
            read_scenario(path)
        return [(i.row, i.column, i.expected) for i in caught.value.issues]

    return issues_of


def test_a_good_scenario(tmp_path):
    """Defaults are filled in, and a place can be asked for."""
    path = tmp_path / "daily.yaml"
    path.write_text(SCENARIO)
    file = read_scenario(path)
    assert file.scenario.data.as_of == date(2026, 9, 7)
    assert file.scenario.objective.maximise == "conversions"
    issue = file.issue(("rules", 2, "penalty"), "too much", value="0.02")
    assert str(issue) == f"{path}, line 15, key rules.2.penalty: '0.02': too much"


def test_every_fault_is_told(issues):
    """Unknown keys, wrong units and missing keys come together, with their lines."""
    text = SCENARIO.replace("name: small", "nam: small").replace("0.02", "2%")
    found = issues(text.replace("seed: 1", "seed: -1"))
    assert {(line, key) for line, key, _ in found} == {
        (1, "name"),
        (2, "nam"),
        (15, "rules.2.penalty"),
        (26, "solve.seed"),
    }


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("seed: 1", "seeed: 1", "unknown key; did you mean 'seed'?"),
        ("time_limit: 10", "time_limit: 60s", "expected a number without quotes and"),
        ("name: small", "name: 7", "expected text; put it in quotes"),
        ("min_seniority: 2", "min_seniority: 2.5", "expected a whole number"),
        ("{min: 5000}", "{}", "give at least one of min, max"),
        ("{min: 5000}", "[]", "expected at least one entry"),
        ("{min: 5000}", "{mim: 1}", "unknown key; did you mean 'min'?"),
        (
            "solve:",
            "scoring: {match_features: [source]}\nsolve:",
            "this key was renamed to 'interaction_features'",
        ),
        ("name: large deals", "name: ''", "a name is one line of text, and not empty"),
        ("name: large deals", r'name: "a\nb"', "a name is one line of text, and not"),
        ("- kind: capacity", "- capacity", "expected keys, each with a value"),
        ("kind: capacity", "kind: capacty", "unknown kind of rule 'capacty'; did you"),
        ("reps: reps.csv", "reps: [reps.csv]", "expected a file name, or keys such"),
        ("as_of: 2026-09-07", "as_of: '2026-09-07'", "expected a date or time without"),
    ],
)
def test_one_slip_gives_one_issue(issues, old, new, expected):
    """Whatever alternatives the schema tried, one slip is told once."""
    assert old in SCENARIO
    [(_, _, told)] = issues(SCENARIO.replace(old, new, 1))
    assert told.startswith(expected)


def test_names_of_rules_are_their_own(issues):
    """Two rules of one name are told at the second."""
    found = issues(SCENARIO.replace("name: large deals", "name: capacity"))
    assert [(line, key) for line, key, _ in found] == [(20, "rules.4.name")]
