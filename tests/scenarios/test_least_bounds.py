"""A least bound that somebody cannot reach today is told before anything is solved."""

from types import SimpleNamespace

import pytest

from scenarios.least_bounds import bound_issues
from tests.solver.companies import Company
from tests.solver.days import rules_of

FAIR = {"kind": "fair_share", "min_share": 0.5}
TWO = {"kind": "min_per_rep", "min_leads": 2}
FULL = {"daily_capacity": 0, "team": "north"}
CAPACITY = {"kind": "capacity"}


def told(reps, *rules, leads=4):
    scenario = SimpleNamespace(rules=rules_of(CAPACITY, *rules))
    file = SimpleNamespace(
        scenario=scenario, issue=lambda keys, text, severity: (keys[1], text, severity)
    )
    return list(bound_issues(file, Company([{}] * leads, reps).crm))


def test_nothing_is_said_of_bounds_that_hold():
    """Two reps, two leads each."""
    assert told([{}, {}], FAIR, TWO) == []
    assert told([{}, FULL]) == []


def test_who_can_get_nothing_has_no_share_to_reach():
    """Rep, rule and figures: half of two leads by hours, none today."""
    text = (
        "rule fair_share: min_share 0.5 is lower today, as slots, limits or eligible "
        "leads do not allow it, for R1 (asks for 1 of 4 leads by hours, today for 0)"
    )
    assert told([{}, FULL], FAIR) == [(1, text, "warning")]


@pytest.mark.parametrize(
    ("rule", "key", "asked", "effect"),
    [
        (TWO, "R1", 2, "no allocation obeys it"),
        ({**TWO, "strength": "soft", "penalty": 0.1}, "R1", 2, "it costs a penalty"),
        (
            {"kind": "team_quota", "quotas": {"north": {"min": 3}}},
            "north",
            3,
            "no allocation obeys it",
        ),
    ],
)
def test_who_has_fewer_slots_than_a_rule_asks_for(rule, key, asked, effect):
    """Whether the day is infeasible for it, or dearer."""
    text = (
        f"{key} can get at most 0 of the leads of rule {rule['kind']}, which asks for "
        f"{asked}: {effect}"
    )
    assert told([{}, FULL], rule) == [(1, text, "warning")]


def test_rules_that_need_scores_are_not_held_against_anybody():
    """Nothing is scored yet, so that a floor may keep every lead or none."""
    floor = {"kind": "qualify", "min_score": 1.0}
    assert told([{}, {}], FAIR, floor) == []
    of_scores = {**FAIR, "where": {"p_convert": {"min": 0.5}}}
    assert told([{}, FULL], of_scores) == []
