"""`--format` and RIGHTREP_FORMAT: how results and issues are printed."""

import ast
import csv
import json
from io import StringIO

import click
import pytest
from click.testing import CliRunner

from cli import main
from commands.command.command import as_json, command
from commands.command.output import RESULTS, VARIABLE, echo_record, output
from tests.imports import ROOT

RECORD = {
    "ok": True,
    "notes": ["=1+1 | <b>"],
    "reps": [{"rep_id": "007", "value": 0.25, "from": None}],
}


@pytest.fixture
def given(monkeypatch):
    """Return a function: options of a command with a result -> how it ended."""
    monkeypatch.delenv(VARIABLE, raising=False)

    @command("rightrep show")
    @as_json
    def show(as_json: bool) -> None:
        if as_json:
            return echo_record(RECORD)
        return click.echo(f"text, issues {output().issues}")

    group = click.Group(params=[click.Option(["--debug"], is_flag=True)])
    group.add_command(show)

    def invoke(*options, **environment):
        arguments = ["show", *options]
        return CliRunner().invoke(group, arguments, env=environment or None)

    return invoke


def test_without_any_it_is_text_for_people(given):
    assert given().stdout == "text, issues full\n"
    assert given("--format", "text", "--format", "github").stdout.endswith("github\n")


def test_json_is_the_record(given):
    for options in (("--json",), ("--format", "json"), ("--json", "--format", "json")):
        assert json.loads(given(*options).stdout) == RECORD
    only = given("--format", "json", "--only", "reps")
    assert json.loads(only.stdout) == RECORD["reps"]


def test_csv_is_one_table_and_the_others_are_said(given):
    done = given("--format", "csv")
    rows = list(csv.DictReader(StringIO(done.stdout)))
    assert rows == [{"rep_id": "007", "value": "0.25", "from": ""}]
    assert "also in the result: notes, summary" in done.stderr
    notes = given("--format", "csv", "--only", "notes")
    assert notes.stdout == "notes\n=1+1 | <b>\n" and notes.stderr == ""


def test_markdown_and_tables_have_all(given):
    text = given("--format", "markdown").stdout
    assert "## reps\n\n| rep_id | value | from |\n| --- | ---: | --- |" in text
    assert r"=1+1 \| \<b\>" in text and "## summary" in text
    shown = given("--format", "table").stdout
    assert shown.startswith("reps\nrep_id  value  from\n007      0.25\n")


def test_the_environment_gives_defaults_of_each_kind(given):
    assert given(**{VARIABLE: "markdown github"}).stdout.startswith("## reps")
    assert given("--format", "text", **{VARIABLE: "csv github"}).stdout.endswith(
        "github\n"
    )
    assert json.loads(given("--json", **{VARIABLE: "csv"}).stdout) == RECORD


@pytest.mark.parametrize(
    ("options", "environment", "said"),
    [
        (["--format", "csv", "--format", "table"], "", "csv or table, not both"),
        (["--format", "full", "--format", "github"], "", "full or github, not both"),
        (["--json", "--format", "csv"], "", "--json or --format csv, not both"),
        (["--only", "reps"], "", "--only is for"),
        (["--format", "csv", "--only", "rep"], "", "did you mean 'reps'"),
        ([], "cvs", "RIGHTREP_FORMAT: 'cvs'"),
    ],
)
def test_what_does_not_go_together_is_refused(given, options, environment, said):
    done = given(*options, **{VARIABLE: environment})
    assert done.exit_code == 2 and said in done.stderr and done.stdout == ""


def every_command(group=main):
    for one in group.commands.values():
        yield from every_command(one) if isinstance(one, click.Group) else [one]


def test_every_command_with_a_result_has_all_formats():
    with_result = [
        one for one in every_command() if any(p.name == "as_json" for p in one.params)
    ]
    assert len(with_result) > 30
    for one in with_result:
        [option] = [p for p in one.params if p.name == "formats"]
        assert set(RESULTS) < set(option.type.choices)


def test_no_command_prints_its_record_past_the_option():
    """A record goes through `echo_record`, which knows the form that is asked for."""
    past = [
        file.name
        for file in sorted((ROOT / "commands").rglob("*.py"))
        if file.name not in ("output.py", "command.py")
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.ImportFrom)
        and any(name.name == "echo_json" for name in node.names)
    ]
    assert past == []
