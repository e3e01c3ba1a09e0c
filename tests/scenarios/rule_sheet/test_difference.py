"""What changed between two scenarios, in the words of the sheet."""

import pytest

from reporting.page.rule_sheet_page import render_changes
from reporting.text.rules.rule_sheet import change_sentence, rule_changes_text
from scenarios import read_scenario
from scenarios.rule_sheet.difference import rule_changes
from tests.scenarios.small_scenarios import (
    CAPACITY,
    SENIOR,
    TERRITORY,
    prepared,
    written,
)

LOWER = SENIOR.replace("25000", "20000")
SCORED = "{kind: qualify, min_score: 0.1}"
SOFT = "{kind: language, strength: soft, penalty: 0.02}"


@pytest.fixture
def changes(tmp_path):
    """Return a function: rules now, rules before, other sections -> the changes."""

    def told(now, before, more="", more_before=""):
        old = written(tmp_path / "old.yaml", *before, more=more_before)
        reach = prepared(tmp_path, *now, more=more).reach
        return rule_changes(reach, read_scenario(old))

    return told


def sentences(told):
    return [change_sentence(change) for change in told.changes]


def test_a_threshold_says_which_leads_it_moves(changes):
    """And what all changes do to the day's pairs."""
    told = changes([CAPACITY, TERRITORY, LOWER], [CAPACITY, TERRITORY, SENIOR])
    assert sentences(told) == [
        "large deals: deal value now at least 20,000 instead of 25,000: 1 more lead "
        "(2 instead of 1)"
    ]
    text = rule_changes_text(told)
    assert "3 instead of 4 eligible pairs; 0 leads without an eligible rep" in text


def test_order_does_not_matter(changes):
    """Nor does a name that says the same."""
    told = changes([SENIOR, CAPACITY], [CAPACITY, SENIOR])
    assert told.changes == ()
    assert "Nothing: the same rules" in rule_changes_text(told)
    renamed = SENIOR.replace("large deals", "big ones")
    assert sentences(changes([CAPACITY, renamed], [SENIOR, CAPACITY])) == [
        "big ones: was called large deals, says the same"
    ]


def test_rules_that_came_and_went(changes):
    """With the leads that they concern."""
    told = changes([CAPACITY, TERRITORY], [CAPACITY, SENIOR])
    assert sentences(told) == [
        "territory: new: The rep serves the lead's territory, or one around it. "
        "(3 leads today)",
        "large deals: no longer: For leads whose deal value is at least 25,000, the "
        "rep is of seniority 3 or more. (1 lead today)",
    ]


def test_a_rule_that_is_renamed_and_changed(changes):
    """Where it is the only one of its kind."""
    renamed = LOWER.replace("large deals", "big ones")
    told = sentences(changes([CAPACITY, renamed], [CAPACITY, SENIOR]))
    assert told == [
        "big ones: was called large deals; deal value now at least 20,000 instead of "
        "25,000: 1 more lead (2 instead of 1)"
    ]


def test_lists_conditions_and_strength(changes):
    """Each in its words."""
    team = "{kind: team, teams: [one], where: {territory: North}}"
    soft = "{kind: team, teams: [one, one], strength: soft, penalty: 0.1}"
    (told,) = sentences(changes([CAPACITY, soft], [CAPACITY, team]))
    assert "strength now soft instead of hard; penalty now 0.1 instead of none" in told
    assert "no longer only leads whose territory is North" in told
    assert told.endswith(": 1 more lead (3 instead of 2)")


def test_what_asks_for_scores_is_said(changes):
    """Its change is told, without figures."""
    told = changes([CAPACITY, SCORED], [CAPACITY, SCORED.replace("0.1", "0.2")])
    assert sentences(told) == ["qualify: min score now 0.1 instead of 0.2"]
    assert len(told.notes) == 2


def test_sections_are_told_as_well(changes):
    """Added, removed, and key by key."""
    experiment = "experiment: {control_share: 0.1}\n"
    told = changes([CAPACITY], [CAPACITY], experiment, "solve: {two_level: true}\n")
    (solve, added) = sorted(sentences(told), reverse=True)
    assert solve == "solve: two level now no instead of yes"
    assert added.startswith("experiment: new: Of all leads a random 10 %")


def test_a_rule_without_its_column_has_no_figures(changes):
    """The earlier scenario may have been of other tables."""
    told = changes([CAPACITY], [CAPACITY, SOFT])
    assert sentences(told) == [
        "language: no longer: The rep speaks the lead's language; each lead that "
        "breaks it costs 0.02."
    ]
    assert told.notes == ("of the earlier scenario, figures leave out language",)


def test_the_page_holds_every_change(changes):
    """As text."""
    told = changes([CAPACITY, TERRITORY], [CAPACITY])
    page = render_changes(told)
    assert "territory: new: The rep serves the lead&#39;s territory" in page
