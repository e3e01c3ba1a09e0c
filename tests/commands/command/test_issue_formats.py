"""How commands print issues, and that YAML faults are shown where they stand."""

import json

import pytest
from click.testing import CliRunner

from cli import main
from tests.small_company import write_company


@pytest.fixture
def company(tmp_path):
    write_company(tmp_path)
    return tmp_path / "daily.yaml"


def check(path, *options, env=None):
    return CliRunner().invoke(main, ["check", str(path), *options], env=env or {})


def change(path, old, new):
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


FAULTS = {
    "unknown key": ("rules:", "ruels:", "ruels:"),
    "key inside a rule": ("penalty: 0.02", "penalt: 0.02", "penalt"),
    "wrong value": ("seed: 1", "seed: one", "one"),
    "wrong value of a list": ("min: 5000", "min: [5000]", "min"),
    "unknown kind": ("kind: territory", "kind: teritory", "teritory"),
    "bad indentation": ("  seed: 1", "   seed: 1", ":"),
    "key given twice": ("  seed: 1", "  seed: 1\n  seed: 2", "  seed: 2"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_faults_are_shown_in_their_line(company, fault):
    """The line stands in the output, and carets under what is meant."""
    old, new, meant = FAULTS[fault]
    change(company, old, new)
    done = check(company)
    assert done.exit_code == 3
    lines = done.stderr.splitlines()
    carets = next(i for i, line in enumerate(lines) if set(line) >= {"|", "^"})
    start, width = lines[carets].index("^"), lines[carets].count("^")
    part = lines[carets - 1][start : start + width]
    assert (part and part in meant) or meant.strip(" :") in part


def test_all_faults_at_once_in_order_of_lines(company):
    """Faults of the scenario and of its tables come together."""
    change(company, "seed: 1", "sed: 1")
    change(company, "name: small", "nam: small")
    leads = company.with_name("leads.csv")
    leads.write_text(leads.read_text().replace("2026-09-01T08", "20260901T08"))
    done = check(company, "--format", "concise")
    lines = [line for line in done.stderr.splitlines() if "daily.yaml" in line]
    numbers = [int(line.split("line ")[1].split(":")[0]) for line in lines]
    assert numbers == sorted(numbers) and len(numbers) == 3
    assert "leads.csv, row 2, column created_at" in done.stderr
    assert done.stderr.count("column created_at") == 1, "once for each text"


def test_format_json(company):
    """One object on stdout, nothing else."""
    change(company, "seed: 1", "sed: 1")
    done = check(company, "--format", "json")
    record = json.loads(done.stdout)
    assert done.stderr == ""
    assert record["ok"] is False
    (issue,) = record["issues"]
    assert (issue["row"], issue["character"]) == (26, 3)
    assert issue["line"] == "  sed: 1"


def test_format_github(company):
    """Errors and warnings annotate the files as they lie."""
    done = check(company, "--format", "github")
    assert done.exit_code == 0
    change(company, "seed: 1", "sed: 1")
    done = check(company, env={"RIGHTREP_FORMAT": "github"})
    place = f"::error file={company},line=26,col=3,endColumn=6::"
    assert done.stderr.startswith(place)


@pytest.mark.slow
def test_format_of_a_run(company):
    """Every command that reads a scenario or a run folder has it."""
    named = {
        name
        for name, command in main.commands.items()
        if any("--format" in parameter.opts for parameter in command.params)
    }
    takes = {
        name
        for name, command in main.commands.items()
        if any(p.name == "scenario" for p in command.params)
    }
    assert named >= takes | {"verify", "explain", "fairness"}
    change(company, "as_of: 2026-09-07", "as_of: 2026-09-06")
    arguments = ["run", str(company), "--dry-run", "--format", "json"]
    done = CliRunner().invoke(main, arguments)
    assert done.exit_code == 0, done.output


MISSPELT = {
    "columns": ("leads: leads.csv", "leads: {file: leads.csv, columns: {team: tem}}"),
    "drop": ("leads: leads.csv", "leads: {file: leads.csv, drop: [visits, tem]}"),
    "where": ("reps: reps.csv", "reps: {file: reps.csv, where: {tem: one}}"),
    "fill": ("reps: reps.csv", "reps: {file: reps.csv, fill: {tem: one}}"),
}


@pytest.mark.parametrize("key", MISSPELT)
def test_misspelt_columns_are_shown_in_the_scenario(company, key):
    """The file that lacks it is named, and the line of the scenario that has it."""
    change(company, *MISSPELT[key])
    lines = check(company).stderr.splitlines()
    place = next(i for i, line in enumerate(lines) if f".{key}: 'tem': " in line)
    assert ".csv: `" + key + "`" in lines[place]
    assert "no such column" in lines[place]
    start = lines[place + 4].index("^")
    assert lines[place + 3][start : start + lines[place + 4].count("^")] == "tem"


def test_misspelt_columns_beside_other_faults(company):
    """They are shown so, too, where the scenario has faults of its own."""
    change(company, *MISSPELT["columns"])
    change(company, "seed: 1", "sed: 1")
    text = check(company, "--format", "concise").stderr
    assert "line 26:3, key solve.sed" in text
    assert "line 4:44, key data.leads.columns: 'tem': leads.csv" in text
