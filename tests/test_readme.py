"""The README says what is so: its commands run, its scenario loads, its lists agree."""

import re
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner
from ruamel.yaml import YAML

from cli import main
from crm import TABLES
from scenarios import read_scenario
from scenarios.experiment import Experiment
from scenarios.schema import Scoring
from solver import RULES

README = Path(__file__).parents[1].joinpath("README.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```(\w*)\n(.*?)```", README, flags=re.DOTALL)


def test_daily_job_runs_as_pasted(tmp_path, monkeypatch):
    """Every command of the daily job succeeds, one after the other."""
    monkeypatch.chdir(tmp_path)
    lines = next(text for _, text in BLOCKS if text.startswith("rightrep demo --out"))
    for line in lines.splitlines():
        done = CliRunner().invoke(main, shlex.split(line)[1:])
        assert done.exit_code == 0, (line, done.output, done.exception)
    assert Path("runs/monday/report.html").is_file()


@pytest.mark.slow
def test_measuring_runs_as_pasted(tmp_path, monkeypatch):
    """So does every command of what measures, on the same company."""
    monkeypatch.chdir(tmp_path)
    made = (
        "rightrep demo --out demo",
        ("rightrep run demo/company/demo.yaml --out runs/monday"),
    )
    shown = next(text for _, text in BLOCKS if text.startswith("rightrep simulate"))
    for line in (*made, *shown.splitlines()):
        done = CliRunner().invoke(main, shlex.split(line, comments=True)[1:])
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
    path.write_text(next(text for kind, text in BLOCKS if kind == "yaml"))
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
