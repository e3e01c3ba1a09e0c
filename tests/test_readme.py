"""The README says what is so: its commands run, its scenario loads, its lists agree."""

import re
import shlex
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner
from ruamel.yaml import YAML

from cli import main
from crm import TABLES
from scenarios import read_scenario
from scenarios.experiment import Experiment
from scenarios.schema import Scoring
from scoring import load_model
from solver import RULES

README = Path(__file__).parents[1].joinpath("README.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```(\w*)\n(.*?)```", README, flags=re.DOTALL)

SHORTER = {"simulate": ["--history", "900"], "backtest": ["--from", "2025-12-08"]}
"""Command that measures -> what makes it read less of history."""


@pytest.fixture
def folder(demo, tmp_path, monkeypatch):
    """Return the current folder, in which `rightrep demo --out demo` was run."""
    shutil.copytree(demo / "demo", tmp_path / "demo")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.usefixtures("folder")
def test_daily_job_runs_as_pasted(demo, monkeypatch):
    """Every command of the daily job succeeds, one after the other.

    The demo is not trained on once more: `train` writes the model there is.
    """
    monkeypatch.setattr("scoring.train", lambda *_: load_model(demo / "demo.model"))
    shown = next(text for _, text in BLOCKS if text.startswith("rightrep demo --out"))
    first, *lines = shown.splitlines()
    assert first == "rightrep demo --out demo"
    for line in lines:
        done = CliRunner().invoke(main, shlex.split(line)[1:])
        assert done.exit_code == 0, (line, done.output, done.exception)
    assert Path("runs/monday/report.html").is_file()


@pytest.mark.slow
def test_measuring_runs_as_pasted(folder):
    """So does every command of what measures, with less history to go through."""
    shutil.copytree(folder / "demo", folder / "runs" / "monday")
    shown = next(text for _, text in BLOCKS if text.startswith("rightrep simulate"))
    for line in shown.splitlines():
        _, name, *arguments = shlex.split(line, comments=True)
        done = CliRunner().invoke(main, [name, *arguments, *SHORTER.get(name, [])])
        assert done.exit_code == 0, (line, done.output, done.exception)


def test_the_experiment_shown_is_valid():
    """The section shown has every option, and loads."""
    shown = next(text for _, text in BLOCKS if text.startswith("experiment:"))
    options = YAML(typ="safe").load(shown)["experiment"]
    assert Experiment(**options).model_dump() == options
    assert options.keys() == Experiment.model_fields.keys()


def test_scenario_is_valid(tmp_path):
    """The scenario shown loads as it is."""
    path = tmp_path / "readme.yaml"
    whole = (text for _, text in BLOCKS if text.startswith("version: 1"))
    path.write_text(next(whole))
    assert [rule.kind for rule in read_scenario(path).scenario.rules] == [
        "capacity",
        "territory",
        "language",
        "seniority",
    ]


def test_options_of_scoring_are_valid():
    """The section shown has every option, and loads."""
    shown = next(text for _, text in BLOCKS if text.startswith("scoring:"))
    options = YAML(typ="safe").load(shown)["scoring"]
    assert Scoring(**options).model_dump() == options
    assert options.keys() == Scoring.model_fields.keys()


def test_every_kind_of_rule_is_listed():
    """The table of kinds is whole."""
    assert len(RULES) > 20
    for kind in RULES:
        assert f"`{kind}`" in README


@pytest.mark.parametrize("table", TABLES)
def test_every_column_is_listed(table):
    """The table of tables names each column."""
    row = next(line for line in README.splitlines() if line.startswith(f"| {table} |"))
    leads = next(line for line in README.splitlines() if line.startswith("| leads |"))
    for column in TABLES[table]:
        assert f"`{column}`" in (row + leads if table == "history" else row)


def test_every_command_is_mentioned():
    """No command is a secret."""
    for name in main.commands:
        assert re.search(rf"`?rightrep {name}\b|`{name}`", README), name
