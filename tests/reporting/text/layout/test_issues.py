"""Issues in each form: with their lines, in one line, as JSON and for GitHub."""

import json

import pytest

from crm import Excerpt, Issue
from reporting import issues_text
from reporting.text.layout.issues import annotation
from scenarios.errors import ScenarioIssue


def shown(text, character, width):
    issue = ScenarioIssue("a.yaml", "x", 7, excerpt=Excerpt(text, character, width))
    *_, line, carets = issues_text([issue]).splitlines()
    return line, carets


def test_full_has_line_and_carets():
    """The message first, as ever, then the place and the part that is meant."""
    excerpt = Excerpt("  maximise: conversion  # so", 13, 10)
    issue = ScenarioIssue("a.yaml", "no", 12, "objective", "v", excerpt=excerpt)
    assert issues_text([issue]).splitlines() == [
        "error: a.yaml, line 12, key objective: 'v': no",
        "  --> a.yaml:12:13",
        "   |",
        "12 |   maximise: conversion  # so",
        "   |             ^^^^^^^^^^",
    ]


def test_concise_has_one_line_each():
    """With the character where it is known; cells of tables as ever."""
    excerpt = Excerpt("nam: x", 1, 3)
    issues = [
        ScenarioIssue("a.yaml", "unknown key", 2, "nam", excerpt=excerpt),
        Issue("l.csv", "an id", 3, "lead_id", "", "warning"),
    ]
    assert issues_text(issues, "concise").splitlines() == [
        "error: a.yaml, line 2:1, key nam: unknown key",
        "warning: l.csv, row 3, column lead_id: '': an id",
    ]
    assert issues_text([], "json") == ""


@pytest.mark.parametrize(
    ("text", "character", "width", "pad"),
    [
        ("名前: 東京", 5, 2, 6),
        ("\tkey: v", 7, 1, None),
        ("e\u0301: v", 5, 1, 3),
        ("x\x1b: v", 5, 1, 7),
    ],
)
def test_carets_stand_under_the_part(text, character, width, pad):
    """Wide, combining and escaped characters are counted as terminals show them."""
    line, carets = shown(text, character, width)
    assert "\x1b" not in line
    if pad is None:
        assert carets == "  | \t     ^"
    else:
        assert carets.rstrip("^") == "  | " + " " * pad


def test_long_lines_are_cut_around_the_part():
    """What is meant stays in sight."""
    line, carets = shown("a" * 500 + "BAD" + "b" * 500, 501, 3)
    assert len(line) < 120
    start = carets.index("^")
    assert line[start : start + 3] == "BAD"
    assert carets.count("^") == 3


def test_a_part_beyond_its_line():
    """A parser may point behind the last character, or at an empty line."""
    assert shown("key", 4, 1)[1] == "  |    ^"
    assert shown("", 1, 5)[1] == "  | ^"


def test_secrets_of_addresses_are_stars():
    """User and password of an address are never printed, in no form."""
    line = "    url: postgresql://me:hunter2@db/crm"
    issue = ScenarioIssue("a.yaml", "x", 3, excerpt=Excerpt(line, 10, 30))
    for style in ("full", "concise", "json", "github"):
        assert "hunter2" not in issues_text([issue], style)
    variable = "    url: ${CRM_URL}"
    assert shown(variable, 10, 10)[0] == f"7 | {variable}"


def test_json_is_one_object():
    """With the place of each issue."""
    issue = ScenarioIssue("a.yaml", "x", 3, "k", excerpt=Excerpt("k: v", 4))
    assert json.loads(issues_text([issue], "json"))["issues"] == [
        {
            "file": "a.yaml",
            "expected": "x",
            "row": 3,
            "column": "k",
            "value": None,
            "severity": "error",
            "character": 4,
            "line": "k: v",
        }
    ]


def test_annotations_are_escaped():
    """As workflow commands ask: percent, line breaks, and in properties : and ,."""
    issue = Issue("a,b:c.csv", "50 % of\nall", 3, "x", severity="warning")
    assert annotation(issue) == (
        "::warning file=a%2Cb%3Ac.csv,line=3::"
        "a,b:c.csv, row 3, column x: 50 %25 of\\nall"
    )


def test_annotations_name_files_as_they_lie(tmp_path):
    """Beside the scenario, whatever the table; only texts have lines."""
    (tmp_path / "all.csv").write_text("")
    issue = Issue("all.csv (history)", "x", 4)
    assert f"file={tmp_path.as_posix()}/all.csv,line=4::" in annotation(issue, tmp_path)
    assert "line=" not in annotation(Issue("all.xlsx", "x", 4), tmp_path)
    place = ScenarioIssue("a.yaml", "x", 3, excerpt=Excerpt("k: v", 4, 1))
    assert annotation(place).startswith(
        "::error file=a.yaml,line=3,col=4,endColumn=5::"
    )
