"""Every rule is told in a plain sentence, whatever of its keys is set."""

import re

import pytest

from solver import RULES

PAIR = {"lead_id": "L0", "rep_id": "R0"}
LEADS = {"where": {"source": ["web"]}}
FORMS = {
    "account_owner": [{}, {"owner_away": "release"}, {"uses_capacity": True}],
    "capacity": [
        {},
        {"open_book": False},
        {"ramp_up": {"start": 0.5, "days": 90}},
    ],
    "exclude": [{"pairs": [PAIR]}, {"pairs": [PAIR, {**PAIR, "lead_id": "L1"}]}],
    "fair_share": [
        {"min_share": 0.5},
        {"max_share": 2},
        {"min_share": 0.5, "max_share": 2},
    ],
    "language": [{}],
    "lock": [{"pairs": [PAIR]}],
    "max_per_rep": [{"max_leads": 3}],
    "min_per_rep": [{"min_leads": 1}],
    "must_assign": [LEADS],
    "one_owner": [{}, {"same": "company"}],
    "only_to": [{"pairs": [PAIR]}],
    "performer": [{"top_share": 0.5}, {**LEADS, "top_share": 0.5}],
    "product": [{}],
    "proximity": [
        {"max_km": 50},
        {"price_per_km": 0.01},
        {"max_km": 50, "price_per_km": 0.01},
    ],
    "qualify": [LEADS, {"min_score": 0.1}, {"min_score": 0.1, "min_value": 500}],
    "seniority": [{"min_seniority": 3}],
    "skill": [{}, {"lead_column": "needs", "rep_column": "skills"}],
    "stability": [{}, {"max_moves": 5}],
    "team": [{"teams": ["A"]}, {"teams": ["A", "B"]}],
    "team_quota": [{"quotas": {"A": {"min": 1}}}, {"quotas": {"A": {"max": 3}}}],
    "territory": [{}],
    "workload": [{}],
}
"""Kind -> its keys, at least one form for each that may be left out."""
SENTENCE = re.compile(r"[A-Z].*\.")
CASES = [(kind, form) for kind, forms in FORMS.items() for form in forms]


def test_every_kind_is_here():
    """Those registered by others aside."""
    ours = {
        kind for kind, rule in RULES.items() if rule.__module__.startswith("solver")
    }
    assert set(FORMS) == ours


@pytest.mark.parametrize(("kind", "form"), CASES)
def test_a_hard_rule_is_a_sentence(kind, form):
    """It begins with a capital, ends with a stop, and names no Python object."""
    sentence = RULES[kind].model_validate({"kind": kind, **form}).sentence
    assert SENTENCE.fullmatch(sentence)
    assert "None" not in sentence and "<" not in sentence and "{" not in sentence


@pytest.mark.parametrize(("kind", "form"), CASES)
def test_a_soft_rule_tells_its_penalty(kind, form):
    """Where the kind may be soft in this form."""
    soft = {"kind": kind, **form, "strength": "soft", "penalty": 0.25}
    try:
        rule = RULES[kind].model_validate(soft)
    except ValueError as error:
        assert "soft" in str(error)
        return
    assert rule.sentence.endswith("costs 0.25.")
