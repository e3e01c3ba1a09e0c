"""`rules` tells a scenario, and `check` runs its tests."""

import json
from xml.etree import ElementTree

import pytest
from click.testing import CliRunner

from cli import main

TESTS = """\
tests:
  - name: large in the East
    lead: {territory: East, deal_value: 9000}
    eligible: [R5, Fay]
  - name: wrong
    lead: {territory: East, deal_value: 9000}
    owner: R1
"""


def rightrep(*arguments):
    return CliRunner().invoke(main, list(map(str, arguments)))


@pytest.fixture
def tested(small, tmp_path):
    """Return a scenario with tests, of the small company's tables."""
    path = tmp_path / "tested.yaml"
    path.write_text(f"extends: {small / 'daily.yaml'}\n{TESTS}")
    return path


def test_a_failed_test_is_an_error_with_its_line(tested, tmp_path):
    """The reading is told, no ok, and the exit code is that of bad input."""
    junit = tmp_path / "tests.xml"
    done = rightrep("check", tested, "--junit", junit)
    assert done.exit_code == 3
    assert (
        f"error: {tested}, line 8, key tests.1.owner: test 'wrong': exp" in done.stdout
    )
    assert "tests: 2 examples: 1 passed, 1 failed" in done.stdout
    assert "\nok: " not in done.stdout and "\ntypical day: would" in done.stdout
    root = ElementTree.fromstring(junit.read_text())
    assert (root.get("tests"), root.get("failures")) == ("2", "1")


def test_json_has_the_tests_and_the_typical_day(tested):
    """As records; ok says whether all passed."""
    done = rightrep("check", tested, "--json")
    told = json.loads(done.stdout)
    assert (done.exit_code, told["ok"]) == (3, False)
    outcomes = [each["outcome"] for each in told["tests"]["results"]]
    assert outcomes == ["passed", "failed"]
    assert told["issues"][-1]["column"] == "tests.1.owner"
    assert told["typical_day"]["n_days"] == 10


def test_options_of_tests_need_tests(small, tmp_path):
    """Nothing would be written."""
    done = rightrep("check", small / "daily.yaml", "--junit", tmp_path / "x.xml")
    assert done.exit_code == 2 and "--junit is for the scenario's tests" in done.output


def test_scores_decide_among_several(tested, small):
    """With a model, the best rep is known."""
    text = tested.read_text().replace("owner: R1", "owner: R5")
    tested.write_text(text)
    assert "undecided: wrong" in rightrep("check", tested).stdout
    done = rightrep("check", tested, "--model", small / "daily.model")
    assert "undecided" not in done.stdout


def test_rules_are_told_and_printed(small, tmp_path):
    """As text, as JSON, and as a page; with a model those that ask for scores, too."""
    page = tmp_path / "rules.html"
    done = rightrep("rules", small / "daily.yaml", "--html", page)
    assert done.exit_code == 0 and done.stdout.startswith("# Rules of small\n")
    assert "Fay (R6)" in done.stdout.splitlines()[2]
    assert "<h1>Rules of small</h1>" in page.read_text()
    model = small / "daily.model"
    told = json.loads(
        rightrep("rules", small / "daily.yaml", "--json", "--model", model).stdout
    )
    assert [rule["name"] for rule in told["rules"]][-1] == "large deals"
    assert all(rule["leads"] is not None for rule in told["rules"])


def test_a_run_folder_is_an_earlier_scenario(small, tmp_path):
    """Its scenario is compared, on today's tables."""
    same = rightrep("rules", small / "daily.yaml", "--against", small / "run")
    assert same.exit_code == 0 and "Nothing: the same rules" in same.stdout
    over = tmp_path / "over.yaml"
    changed = "rules: [{name: large deals, min_seniority: 3}]"
    over.write_text(f"extends: {small / 'daily.yaml'}\n{changed}\n")
    told = rightrep("rules", over, "--against", small / "run").stdout
    assert "- large deals: min seniority now 3 instead of 2; the same leads" in told
    gone = rightrep("rules", over, "--against", tmp_path / "gone.yaml")
    assert gone.exit_code == 3 and "no such file" in gone.output
