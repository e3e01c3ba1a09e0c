"""Each command does what its help says, with the streams and exit codes promised."""

import json
import math
import shutil
from pathlib import Path

import click
import pandas as pd
import pytest
from click.testing import CliRunner

from cli import main
from solver import POLICIES


def rightrep(*arguments):
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


@pytest.fixture(scope="module")
def scenario(demo) -> Path:
    return demo / "demo" / "company" / "demo.yaml"


@pytest.fixture(scope="module")
def model(demo) -> Path:
    return demo / "demo.model"


@pytest.fixture(scope="module")
def run(scenario, model, tmp_path_factory) -> Path:
    """The demo's day, run with its model; what was printed stands in run.txt."""
    out = tmp_path_factory.mktemp("runs") / "run"
    done = rightrep("run", scenario, "--model", model, "--out", out)
    assert done.exit_code == 0, done.output
    out.with_name("run.txt").write_text(done.stdout)
    return out


@pytest.mark.slow
def test_demo_compares_expectation_with_truth(demo):
    """The table has both columns, apart, and the optimum really wins more here."""
    printed = json.loads((demo / "demo.json").read_text())
    policies = {row["policy"]: row for row in printed["policies"]}
    optimal, rotation = policies["optimal"], policies["round_robin"]
    assert optimal["ground truth"] > rotation["ground truth"]
    assert optimal["model expectation"] > rotation["model expectation"]
    assert optimal["violations"] == rotation["violations"] == 0
    assert (demo / "demo" / "report.html").is_file()


def test_demo_refuses_a_folder_with_other_files(tmp_path):
    """Nobody's files are lost to a demo."""
    (tmp_path / "thesis.txt").write_text("years of work")
    done = rightrep("demo", "--out", tmp_path)
    assert done.exit_code == 2
    assert "not empty" in done.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.txt"]


def test_init_writes_a_project_that_check_can_read(tmp_path):
    """The starter scenario is valid; its empty tables are what check complains of."""
    assert rightrep("init", tmp_path / "mine").exit_code == 0
    done = rightrep("check", tmp_path / "mine" / "daily.yaml")
    assert done.exit_code == 3
    assert "leads.csv" in done.stderr
    assert "no rows" in done.stderr


@pytest.mark.slow
def test_check_counts_what_is_there(scenario):
    """A good scenario is ok, its oddities are warnings."""
    done = rightrep("check", scenario)
    assert done.exit_code == 0
    assert "ok: 140 leads, 16 reps" in done.stdout
    assert "Islands" in done.stdout


def test_check_as_json(scenario):
    """The same for machines."""
    found = json.loads(rightrep("check", scenario, "--json").stdout)
    assert found["ok"] is True
    assert {issue["severity"] for issue in found["issues"]} == {"warning"}
    territory = next(row for row in found["reach"] if row["kind"] == "territory")
    assert territory["leads"] == 140
    assert "Islands" in territory["unmet"]


def test_every_command_of_a_scenario_takes_a_moment():
    """Also those that come later."""
    for command in main.commands.values():
        names = {parameter.name for parameter in command.params}
        read = {p.name for p in command.params if isinstance(p, click.Argument)}
        takes_one = read & {"scenario", "scenarios"}
        takes_one = bool(takes_one) or command.name in ("fairness", "recommend")
        assert ("as_of" in names) == takes_one, command.name


def test_another_moment(scenario, model):
    """It goes over the file's; what is none is refused."""
    early = "run", scenario, "--model", model, "--dry-run", "--as-of"
    done = rightrep(*early, "2026-01-06", "--json")
    assert json.loads(done.stdout)["as_of"].startswith("2026-01-06T23:59:59")
    assert rightrep(*early, "6.1.2026").exit_code == 2


def test_train_writes_model_and_card(demo, model):
    """The card lies beside the model, and as a page where that was asked for."""
    answer = "Yes, it matters measurably who gets the lead"
    assert (demo / "train.txt").read_text().startswith(answer)
    card = json.loads(model.with_name("demo.model.card.json").read_text())
    assert card["rep_finding"]["answer"] == "yes"
    assert card["n_open"] > 0
    assert card["rep_finding"]["sentence"] in model.with_name("card.html").read_text()


def test_score_writes_every_eligible_pair(scenario, model, tmp_path):
    """One row per pair: its value less penalties, and its log odds in three parts."""
    out = tmp_path / "scores.csv"
    done = rightrep("score", scenario, "--model", model, "--out", out)
    assert done.exit_code == 0
    header, *rows = out.read_text().splitlines()
    parts = "lead_log_odds,rep_log_odds,interaction_log_odds"
    assert header == f"lead_id,rep_id,p_convert,value,{parts}"
    assert f"{len(rows):,} eligible pairs" in done.stdout
    for row in rows:
        p_convert, value, *log_odds = map(float, row.split(",")[2:])
        assert value + 0.08 > 0 and value <= p_convert < 1
        assert 1 / (1 + math.exp(-sum(log_odds))) == pytest.approx(p_convert)


def test_run_prints_summary_and_writes_the_folder(run):
    """The summary is about ten aligned lines, the folder complete."""
    printed = run.with_name("run.txt").read_text().splitlines()
    assert len([line for line in printed if "note:" not in line]) <= 12
    assert {path.name for path in run.iterdir()} == {
        "assignments.csv",
        "inputs",
        "manifest.json",
        "model_card.json",
        "prices.csv",
        "kept.csv",
        "reach.csv",
        "reading.json",
        "report.html",
        "rule_costs.csv",
        "scenario.yaml",
        "unassigned.csv",
    }


def test_run_as_json_is_the_manifest(scenario, model, tmp_path):
    """Machines read on stdout what the folder says."""
    out = tmp_path / "run"
    done = rightrep("run", scenario, "--model", model, "--out", out, "--json")
    assert json.loads(done.stdout) == json.loads((out / "manifest.json").read_text())


def test_dry_run_writes_nothing(scenario, model, tmp_path):
    """Everything but the folder."""
    out = tmp_path / "run"
    done = rightrep("run", scenario, "--model", model, "--dry-run", "--out", out)
    assert done.exit_code == 0
    assert not out.exists()


def test_run_needs_a_folder(scenario):
    """Without --out there is nowhere to write: wrong usage."""
    assert rightrep("run", scenario).exit_code == 2


@pytest.mark.slow
def test_an_earlier_run_is_replaced_only_when_told(company):
    """A run whose leads were assigned is not lost by accident."""
    scenario, model, out = (company / n for n in ("daily.yaml", "daily.model", "run"))
    arguments = "run", scenario, "--model", model, "--out", out
    again = rightrep(*arguments)
    assert again.exit_code == 2
    assert "--replace" in again.stderr
    assert rightrep(*arguments, "--replace").exit_code == 0


@pytest.mark.slow
def test_compare_shows_expectation_and_says_so(scenario, model):
    """Policies obey every rule; no measured column where there is no measurement."""
    done = rightrep("compare", scenario, "--model", model, "--json")
    rows = json.loads(done.stdout)["policies"]
    assert {row["policy"] for row in rows} == set(POLICIES)
    assert all(row["violations"] == 0 for row in rows)
    assert all("ground truth" not in row for row in rows)


def test_compare_names_the_policies_there_are(scenario, model):
    """A policy nobody wrote is wrong usage."""
    done = rightrep("compare", scenario, "--model", model, "--policy", "magic")
    assert done.exit_code == 2
    assert "round_robin" in done.stderr


def test_schema_is_json_schema(scenario):
    """Editors can use it, and it accepts what we ship."""
    import jsonschema

    from scenarios.reading import read_document

    schema = json.loads(rightrep("schema").stdout)
    document = json.loads(json.dumps(read_document(scenario).plain(), default=str))
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate(document, schema)


@pytest.mark.slow
def test_a_model_for_the_history_is_not_needed_twice(scenario, run, tmp_path):
    """Training first and training inside give the same allocation."""
    rightrep("run", scenario, "--out", tmp_path / "run")
    inside = tmp_path / "run" / "assignments.csv"
    assert inside.read_bytes() == (run / "assignments.csv").read_bytes()


def without(scenario, tmp_path, old, new):
    """Return a copy of the company whose scenario is changed."""
    shutil.copytree(scenario.parent, tmp_path / "company")
    path = tmp_path / "company" / "demo.yaml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
    return path


def test_run_with_a_model_never_trains(scenario, model, run, tmp_path, monkeypatch):
    """Not even a history is needed."""
    path = without(scenario, tmp_path, "  history: history.csv\n", "")
    path.with_name("history.csv").unlink()
    monkeypatch.setattr("scoring.train", None)
    done = rightrep("run", path, "--model", model, "--out", tmp_path / "run")
    assert done.exit_code == 0, done.output
    made = tmp_path / "run" / "assignments.csv"
    assert made.read_bytes() == (run / "assignments.csv").read_bytes()


def test_a_model_trained_on_other_columns_is_refused(scenario, model, tmp_path):
    """Every column that the day's leads lack is named."""
    new = "leads: {file: leads.csv, drop: [fit, intent]}"
    path = without(scenario, tmp_path, "leads: leads.csv", new)
    done = rightrep("run", path, "--model", model, "--dry-run")
    assert done.exit_code == 3
    assert "leads lack fit, intent; train again" in done.stderr


def test_a_model_trained_otherwise_is_told(scenario, model, tmp_path):
    """An older moment and other options of scoring are notes of the run."""
    new = "as_of: 2026-01-15T18:00:00Z\n\nscoring:\n  leave_out: [intent]"
    path = without(scenario, tmp_path, "as_of: 2026-01-05T18:00:00Z", new)
    done = rightrep("run", path, "--model", model, "--dry-run")
    assert done.exit_code == 0, done.output
    assert "known at 2026-01-05 18:00, 10 days before this day" in done.stdout
    assert "scoring.leave_out = []; the scenario asks for [intent]" in done.stdout


@pytest.mark.slow
def test_a_model_that_knows_the_future_is_told(scenario, tmp_path):
    """Trained ten days after the day: it may know how the day's leads ended."""
    new = "as_of: 2026-01-15T18:00:00Z"
    later = without(scenario, tmp_path, "as_of: 2026-01-05T18:00:00Z", new)
    model = tmp_path / "later.model"
    assert rightrep("train", later, "--model", model).exit_code == 0
    done = rightrep("run", scenario, "--model", model, "--dry-run")
    assert "AFTER this day: it may know how these leads ended" in done.stdout


@pytest.mark.slow
def test_leaks_are_loud(company):
    """On stderr when trained, in the card, and in the notes of the run."""
    path = company / "daily.yaml"
    history = pd.read_csv(path.with_name("history.csv"), dtype=str)
    leads = pd.read_csv(path.with_name("leads.csv"), dtype=str)
    won = (history["outcome"] == "won").astype(int)
    history.assign(calls=won * 10 + history.index % 7).to_csv(
        path.with_name("history.csv"), index=False
    )
    leads.assign(calls=leads.index % 7).to_csv(path.with_name("leads.csv"), index=False)
    model = company / "leaky.model"
    done = rightrep("train", path, "--model", model)
    assert "LEAK: calls is left out" in done.stdout
    assert "warning: history, column calls: target leakage" in done.stderr
    done = rightrep("run", path, "--model", model, "--dry-run")
    assert "note: Leak in history, column calls: target leakage" in done.stdout


@pytest.mark.parametrize("name", main.commands)
def test_every_command_has_help_with_an_example(name):
    """`--help` tells what it does and how."""
    done = rightrep(name, "--help")
    assert done.exit_code == 0
    example = done.stdout.partition("Example: ")[2]
    assert f"rightrep {name}" in example
