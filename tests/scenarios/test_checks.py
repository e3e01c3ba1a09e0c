"""Rules that cannot mean what they say are told before anything is solved."""

from datetime import date

import pytest

from runs import prepare
from scenarios import ScenarioError
from tests.small_company import SCENARIO, write_company


@pytest.fixture
def check(tmp_path):
    """Return a function: rules, objective -> severities and text of the issues."""
    write_company(tmp_path)

    def issues_of(rules="", objective=""):
        text = SCENARIO.replace("solve:\n", f"{rules}\n{objective}\nsolve:\n")
        (tmp_path / "daily.yaml").write_text(text, encoding="utf-8")
        try:
            prepared = prepare(tmp_path / "daily.yaml")
            found = [*prepared.warnings, *prepared.reach.issues()]
        except ScenarioError as error:
            found = error.issues
        return [(i.severity, i.row, i.column, i.expected) for i in found]

    return issues_of


def test_nothing_to_say(check):
    """A good scenario has no issues."""
    assert check() == []


@pytest.mark.slow
@pytest.mark.parametrize(
    ("rule", "line", "key", "expected"),
    [
        ("kind: product", 24, "rules.5", "rule product needs the column product in"),
        ("kind: team\n    teams: [one, tow]", 25, "rules.5.teams.1", "no rep is in"),
        (
            "kind: team_quota\n    quotas: {tow: {max: 1}}",
            25,
            "rules.5.quotas.tow",
            "no rep is in this team; did you mean 'two'?",
        ),
        (
            "kind: team_quota\n    quotas: {one: {min: 2, max: 1}}",
            25,
            "rules.5.quotas.one",
            "min 2 is above max 1",
        ),
        (
            "kind: one_owner\n    same: teritory",
            24,
            "rules.5",
            "rule one_owner needs the column teritory in leads; did you mean 'terri",
        ),
        (
            "kind: max_per_rep\n    max_leads: 1\n    strength: soft\n    penalty: 2",
            27,
            "rules.5.penalty",
            "a penalty is in expected conversions per lead here",
        ),
        (
            "kind: lock\n    pairs:\n    - {lead_id: L001, rep_id: R9}",
            26,
            "rules.5.pairs.0.rep_id",
            "no such rep",
        ),
        (
            "kind: team\n    teams: [one]\n    where: {teritory: North}",
            26,
            "rules.5.where.teritory",
            "no such column; did you mean 'territory'?",
        ),
        (
            "kind: team\n    teams: [one]\n    where: {territory: {min: 3}}",
            26,
            "rules.5.where.territory",
            "holds 'East', and 3 can be compared with numbers only",
        ),
        (
            "kind: qualify\n    where: {p_convert: {min: 2026-09-07}}",
            25,
            "rules.5.where.p_convert",
            "holds '0.5'",
        ),
        (
            "kind: team\n    teams: [one]\n    strength: soft\n    penalty: 2",
            27,
            "rules.5.penalty",
            "a penalty is in expected conversions per lead here",
        ),
    ],
)
def test_errors_stand_on_their_line(check, rule, line, key, expected):
    """Unknown columns, teams and reps, and penalties in money, are errors."""
    (severity, *place, told), *_ = check(f"  - {rule}")
    assert (severity, place) == ("error", [line, key])
    assert told.startswith(expected)


@pytest.mark.parametrize("option", ["keep", "leave_out", "interaction_features"])
def test_columns_to_learn_from_must_be_there(check, option):
    """A slip in the section on scoring stands on its line, with the nearest column."""
    told = check(objective=f"scoring:\n  {option}: [territory, teritory]")
    assert [row[2] for row in told] == [f"scoring.{option}.1"]
    assert told[0][0] == "error"
    assert told[0][3].endswith("did you mean 'territory'?")


@pytest.mark.parametrize(
    "rule",
    [
        "kind: team\n    teams: [one]\n    where: {territory: Nowhere}",
        "kind: exclude\n    pairs: [{lead_id: L999, rep_id: R1}]",
    ],
)
def test_a_rule_of_no_lead_is_a_warning(check, rule):
    """A rule that reaches no lead of the day may be right on another day."""
    [(severity, line, _, told)] = check(f"  - {rule}")
    assert severity == "warning"
    assert line == 24
    assert "reaches no lead of the day: " in told


def test_hours_that_are_not_known_are_a_warning(check):
    """Reps need hours_per_day; leads without effort_hours count alike."""
    missing, alike = check("  - kind: workload\n    default_hours: 2")
    told = "rule workload needs the column hours_per_day in reps"
    assert missing == ("error", 24, "rules.5", told)
    told = "leads have no effort_hours: each counts 2 hours"
    assert alike == ("warning", 24, "rules.5", told)


@pytest.mark.parametrize("kind", ["must_assign", "one_owner\n    same: territory"])
def test_some_penalties_may_exceed_a_lead(check, kind):
    """To come first, or to stay together, may be dearer than any one lead."""
    assert check(f"  - kind: {kind}\n    strength: soft\n    penalty: 3") == []


def test_penalties_in_money(check):
    """With revenue a penalty may be large."""
    rule = "  - kind: team\n    teams: [one]\n    strength: soft\n    penalty: 200"
    assert check(rule, "objective: {maximise: revenue}") == []


@pytest.mark.parametrize(
    ("name", "expected"),
    [("leads.csv", "is not a ledger"), ("nowhere/x.db", "there is no folder")],
)
def test_a_ledger_that_cannot_be(check, name, expected):
    """A ledger that could not take the run is told before anything is solved."""
    [(severity, line, key, told)] = check(f"ledger: {name}")
    assert (severity, line, key) == ("error", 24, "ledger")
    assert expected in told


def test_a_guessed_moment_is_said(tmp_path):
    """With the lead that decides it; one that is given is no guess."""
    write_company(tmp_path)
    path = tmp_path / "daily.yaml"
    text = path.read_text(encoding="utf-8").replace("  as_of: 2026-09-07\n", "")
    path.write_text(text, encoding="utf-8")
    [issue] = [i for i in prepare(path).warnings if "as_of" in i.expected]
    assert (issue.severity, issue.column) == ("warning", "data")
    assert issue.expected.startswith(
        "as_of is not given: the newest lead, L005, decides the moment of the "
        "allocation, Sunday 2026-09-06T08:00:00Z"
    )
    given = prepare(path, as_of=date(2026, 9, 7))
    assert not [i for i in given.warnings if "as_of" in i.expected]
    assert given.crm.as_of.isoformat().startswith("2026-09-07T23:59:59")


@pytest.mark.parametrize(
    ("value", "is_told"), [("49301234567", True), ("90000", False)]
)
def test_an_absurd_deal_is_a_warning(tmp_path, check, value, is_told):
    """A telephone number in the place of an amount, where money is what counts."""
    path = tmp_path / "leads.csv"
    lines = path.read_text(encoding="utf-8").splitlines()
    cells = lines[1].split(",")
    cells[lines[0].split(",").index("deal_value")] = value
    lines[1] = ",".join(cells)
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    told = check("", "objective: {maximise: revenue}")
    texts = [
        text for *_, text in told if text.startswith("the deal_value of lead L000")
    ]
    assert len(texts) == is_told
    assert check() == []
