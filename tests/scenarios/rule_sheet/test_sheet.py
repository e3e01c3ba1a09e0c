"""The sheet of a scenario: sentences, prices, and whom each rule concerned."""

import pytest

from reporting.page.rule_sheet_page import render_sheet
from reporting.text.rules.rule_sheet import rule_sheet_text, today_sentence
from scenarios.rule_sheet.sheet import rule_sheet
from tests.scenarios.small_scenarios import CAPACITY, REPS, SENIOR, TERRITORY, prepared

LOCK = "{kind: lock, name: promised, pairs: [{lead_id: L1, rep_id: R1}]}"
SOFT = "{kind: team, teams: [one], strength: soft, penalty: 0.02}"
KEPT = "{kind: qualify, name: small, min_value: 500}"
SCORED = "{kind: qualify, name: weak, min_score: 0.1}"


@pytest.fixture(scope="module")
def sheet(tmp_path_factory):
    folder = tmp_path_factory.mktemp("sheet")
    reps = [*REPS[:2], {**REPS[2], "name": "<script>*Cy*</script>"}]
    rules = CAPACITY, TERRITORY, SENIOR, LOCK, SOFT, KEPT, SCORED
    return rule_sheet(prepared(folder, *rules, reps=reps).reach)


def line_of(sheet, name):
    return next(x for x in rule_sheet_text(sheet).splitlines() if f"**{name}**" in x)


def test_a_rule_is_told_with_its_leads_and_reps(sheet):
    """By name and id, since they are few."""
    assert line_of(sheet, "large deals") == (
        "- **large deals**: For leads whose deal value is at least 25,000, the rep is "
        "of seniority 3 or more. Today: 1 of 3 leads; 1 of 3 reps at work may have one "
        "of them: Ann Lee (R1)."
    )


def test_hard_and_soft_stand_apart(sheet):
    """A soft rule has its price in the objective's unit."""
    text = rule_sheet_text(sheet)
    hard, soft = text.split("## Broken only where that pays for it")
    assert "**territory**" in hard and "**team**" in soft
    assert "Each lead that breaks it costs 0.02 expected conversions." in soft


def test_pairs_are_named(sheet):
    """Under their rule."""
    assert "  - lead L1, rep Ann Lee (R1)" in rule_sheet_text(sheet).splitlines()


def test_what_is_not_known_is_said(sheet):
    """A rule that asks for scores has no counts; one that keeps leads has no reps."""
    assert line_of(sheet, "weak").endswith(
        "Today: not known, as it asks for scores: give --model."
    )
    assert line_of(sheet, "small").endswith(
        "Today: 1 of 3 leads; no rep at work may have one of them."
    )


def test_names_do_not_act(sheet):
    """Neither as Markdown nor on the page."""
    south = next(rule for rule in sheet.rules if rule.name == "territory")
    assert "3 of 3 reps" in today_sentence(south, sheet)
    page = render_sheet(sheet)
    assert page.count("<script") == 1 and "Ann Lee (R1)" in page


def test_hostile_names_are_text(tmp_path):
    """Of a rule, of the scenario, and of a rep."""
    rule = '{kind: territory, name: "<b>*x*</b>", where: {territory: North}}'
    reps = [{**REPS[0], "name": "=1+1<img>"}, REPS[2]]
    sheet = rule_sheet(prepared(tmp_path, CAPACITY, rule, reps=reps).reach)
    text = rule_sheet_text(sheet)
    assert "**\\<b>\\*x\\*\\</b>**" in text and "=1+1\\<img>" in text
    page = render_sheet(sheet)
    assert "&lt;b&gt;" in page and "<img" not in page
