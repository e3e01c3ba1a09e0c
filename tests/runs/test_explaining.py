"""`rightrep explain` answers from the run folder alone."""

import json
import shutil

import pandas as pd
import pytest
from click.testing import CliRunner
from scipy.special import expit

from cli import main
from runs import score_parts

LOCKS = """
  - kind: lock
    pairs:
      - {lead_id: L001, rep_id: R1}
  - kind: exclude
    pairs:
      - {lead_id: L001, rep_id: R1}
"""


def rightrep(*arguments):
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


@pytest.fixture(scope="module")
def company(small, tmp_path_factory):
    folder = tmp_path_factory.mktemp("explaining") / "company"
    shutil.copytree(small, folder)
    scenario = folder / "daily.yaml"
    text = scenario.read_text(encoding="utf-8")
    at_odds = text.replace("solve:", f"{LOCKS.lstrip(chr(10))}solve:")
    (folder / "at_odds.yaml").write_text(at_odds, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def solved(company):
    return company / "run"


@pytest.fixture(scope="module")
def infeasible(company):
    out = company / "infeasible"
    scenario, model = company / "at_odds.yaml", company / "daily.model"
    done = rightrep("run", scenario, "--model", model, "--out", out)
    assert done.exit_code == 4, done.stderr
    return out


def first_lead(folder, table):
    return (folder / table).read_text(encoding="utf-8").splitlines()[1].split(",")[0]


def test_an_assigned_lead(solved):
    """Its rep, its backup, and what leaving it unassigned loses."""
    lead = first_lead(solved, "assignments.csv")
    done = rightrep("explain", solved, lead)
    assert done.exit_code == 0
    assert done.stdout.startswith("lead")
    assert "leaving it unassigned  loses" in done.stdout
    assert "chosen" in done.stdout


def test_every_lead_as_json(solved):
    """JSON without NaN, whatever became of the lead."""
    for table in ("assignments.csv", "unassigned.csv"):
        done = rightrep("explain", solved, first_lead(solved, table), "--json")
        told = json.loads(done.stdout, parse_constant=pytest.fail)
        assert {"reason", "alternatives", "relaxations", "skipping"} <= told.keys()


def test_ids_nobody_knows(solved):
    """Bad input, and the nearest id is offered."""
    unknown = {
        "the run has no such lead": ["L0001"],
        "'R11' is no rep of the day": ["L001", "--rep", "R11"],
    }
    for words, arguments in unknown.items():
        done = rightrep("explain", solved, *arguments)
        assert done.exit_code == 3
        assert f"{words}; did you mean" in done.stderr


@pytest.mark.parametrize(
    "name", ["assignments.csv", "prices.csv", "inputs/rep_scores.csv"]
)
def test_a_folder_that_was_changed_explains_nothing(solved, tmp_path, name):
    """A table saved by another program may have lost digits: bad input, by name."""
    changed = shutil.copytree(solved, tmp_path / "changed")
    text = (changed / name).read_text(encoding="utf-8")
    (changed / name).write_text(text.replace("R1,", "R1,x"), encoding="utf-8")
    done = rightrep("explain", changed, "L001", "--json")
    assert done.exit_code == 3
    [issue] = json.loads(done.stdout)["issues"]
    assert issue["file"].endswith(name)
    assert json.loads(done.stdout)["error"] == "error: 1 fault in the input"


def test_an_infeasible_day_names_the_rules_at_odds(infeasible):
    """So does its manifest, which is all that a machine reads."""
    conflict = json.loads((infeasible / "manifest.json").read_text())["conflict"]
    assert set(conflict["rules"]) == {"lock", "exclude"}
    assert conflict["relaxations"][0]["rule"] == "lock"
    done = rightrep("explain", infeasible, "L002")
    assert done.exit_code == 0
    assert "rule lock and rule exclude cannot hold together today" in done.stdout


def test_the_score_is_the_sum_of_its_parts(solved):
    """What lead, rep and match add gives the probability that was written."""
    made = pd.read_csv(solved / "assignments.csv").iloc[0]
    parts = score_parts(solved, made["lead_id"]).set_index("rep_id")
    odds = parts[["lead_log_odds", "rep_log_odds", "interaction_log_odds"]].sum(axis=1)
    assert expit(odds).to_numpy() == pytest.approx(parts["p_convert"].to_numpy())
    assert parts.loc[made["rep_id"], "p_convert"] == pytest.approx(made["p_convert"])
