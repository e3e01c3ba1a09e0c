"""`rightrep fairness`: of a run folder or a scenario, with the errors promised."""

import json

import pytest
from click.testing import CliRunner

from cli import main
from tests.small_company import SCENARIO


def rightrep(*arguments):
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


@pytest.fixture(scope="module")
def run(small):
    return small / "run"


@pytest.mark.slow
def test_a_run_tells_how_many_leads_each_rep_has(run, tmp_path):
    """Every rep has a row, and both kinds of picture are written."""
    done = rightrep("fairness", run, "--plot", tmp_path / "who.svg")
    assert done.exit_code == 0, done.output
    assert "gini" in done.stdout and "Çem" in done.stdout
    assert "times fair share" in (tmp_path / "who.svg").read_text(encoding="utf-8")
    assert rightrep("fairness", run, "--plot", tmp_path / "who.png").exit_code == 0
    assert (tmp_path / "who.png").read_bytes().startswith(b"\x89PNG")


@pytest.mark.slow
def test_a_scenario_tells_the_price(company):
    """It trains and solves first; the frontier begins at the optimum."""
    brief = SCENARIO.replace("time_limit: 10", "time_limit: 0.3")
    (company / "daily.yaml").write_text(brief, encoding="utf-8")
    done = rightrep("fairness", company / "daily.yaml", "--frontier", "--json")
    record = json.loads(done.stdout)
    assert len(record["reps"]) == 6
    assert record["price_of_fairness"][0]["kept"] == 1.0


def test_wrong_usage_is_named(run, tmp_path):
    """A model for what is solved already; a picture of no kind, or in no folder."""
    assert "a run folder has" in rightrep("fairness", run, "--model", "m").stderr
    named = rightrep("fairness", run, "--plot", tmp_path / "who.doc")
    assert (named.exit_code, ".png or .svg" in named.stderr) == (2, True)
    nowhere = rightrep("fairness", run, "--plot", tmp_path / "no" / "who.svg")
    assert (nowhere.exit_code, "no folder" in nowhere.stderr) == (2, True)


def test_no_run_folder_is_named(tmp_path):
    """Any other folder is bad input."""
    done = rightrep("fairness", tmp_path)
    assert done.exit_code == 3
    assert "not a run folder" in done.stderr


def test_an_infeasible_day_has_the_code_of_run(company):
    """No lead was assigned, so there is nothing to be fair about."""
    impossible = SCENARIO.replace(
        "  - kind: capacity\n",
        "  - kind: capacity\n  - {kind: min_per_rep, min_leads: 9}\n",
    )
    scenario, model = company / "daily.yaml", company / "daily.model"
    scenario.write_text(impossible, encoding="utf-8")
    done = rightrep("fairness", scenario, "--model", model)
    assert done.exit_code == 4, done.output
    assert "no lead was assigned: the day is infeasible" in done.stderr
