"""One wording of why, why not and what it would cost."""

import math

import pandas as pd
import pytest

from reporting.text.words.reasons import CHOICE_TEXT, choice_text
from reporting.text.words.why import (
    KeptLead,
    barred,
    explanation_sentence,
    has_it,
    is_kept,
    nobody_has_it,
    why_not,
    with_names,
    would_cost,
)
from solver import RULES, Alternative, Explanation

NAMES = {"R1": "Ann Lee", "R2": "Bob Ray", "R3": ""}
SINCE = pd.Timestamp("2026-09-07T08:00:00", tz="Europe/Berlin")


def other(rep_id, cost, excluded_by=(), is_chosen=False):
    value = math.nan if excluded_by else 0.1
    return Alternative(rep_id, is_chosen, excluded_by, value, 0.0, cost, True)


def explained(*alternatives, rep_id="R1", reason="highest_value", detail=""):
    return Explanation(
        "L1", rep_id, "", reason, detail, "exact", 0.1, True, alternatives, ()
    )


@pytest.mark.parametrize("code", [*CHOICE_TEXT, "locked", "account_owner"])
def test_a_rep_is_addressed_as_you(code):
    """The same reason, without any other rep in it."""
    told = has_it("You", code)
    assert told.startswith("You have it: ") and "this rep" not in told
    assert has_it("Ann Lee (R1)", code) == f"Ann Lee (R1) has it: {choice_text(code)}."


def test_no_reason_speaks_of_prices():
    """Dual prices are for analysts."""
    words = [*CHOICE_TEXT.values()]
    words += [text for rule in RULES.values() for text in rule.choices.values()]
    assert len(words) > 6
    assert not [text for text in words if "price" in text or "dual" in text]


def test_the_next_best_is_named_with_its_cost():
    """Of all others the one that would cost least, by name."""
    told = explanation_sentence(
        explained(
            other("R1", 0.0, is_chosen=True), other("R3", 0.5), other("R2", 0.03)
        ),
        NAMES,
        "conversions",
    )
    assert told == (
        "Ann Lee (R1) has it: most is expected of it with this rep. Bob Ray (R2) would "
        "have cost 0.03 expected conversions more."
    )


def test_a_lead_nobody_has():
    """Reps in a detail get their names; what is no rep stays as it is."""
    told = nobody_has_it("reps_full", "full: R1, R2; rule R1x: R3", NAMES)
    assert told == (
        "Nobody has it: the eligible reps are full (full: Ann Lee (R1), Bob Ray (R2); "
        "rule R1x: R3)."
    )
    lead = explained(rep_id="", reason="reps_full", detail="full: R1")
    assert "Ann Lee (R1)" in explanation_sentence(lead, NAMES, "conversions")


@pytest.mark.parametrize(
    ("cost", "told"),
    [
        (0.03, "would have cost 0.03 expected revenue more"),
        (-0.03, "would have cost 0.03 expected revenue less"),
        (0.0, "would have cost nothing: it is a tie"),
        (math.inf, "could not have had it without breaking another rule"),
        (math.nan, "could have had it; what that would cost was not solved"),
    ],
)
def test_what_it_would_cost(cost, told):
    """An amount, nothing, impossible or not known."""
    assert would_cost(cost, True, "revenue") == told


def test_what_is_not_proven_is_said():
    """A cost that a longer solve may change."""
    assert would_cost(1.0, False, "revenue").endswith("(not proven)")


def test_why_another_has_it_not():
    """The rules by name, and absence."""
    away = other("R2", math.nan, ("home", "absence"))
    told = why_not(away, "Bob Ray (R2)", "conversions")
    assert told == "Bob Ray (R2) may not have it by the rule home and is away."
    assert barred(("absence",)) == "is away"
    assert barred(("a", "b")) == "may not have it by the rules a, b"


@pytest.mark.parametrize(
    ("kept", "told"),
    [
        (
            KeptLead("L1", "R1", "owned", SINCE, "run-1"),
            "Ann Lee has it since 2026-09-07 08:00, by run run-1: a lead stays with "
            "its owner.",
        ),
        (
            KeptLead("L1", "R1", "owned", SINCE, ""),
            "Ann Lee has it since 2026-09-07 08:00, by a person's decision: a lead "
            "stays with its owner.",
        ),
        (
            KeptLead("L1", "", "closed", None, ""),
            "Nobody has it: it was won or lost already, so it was not distributed.",
        ),
        (
            KeptLead("L1", "R1", "duplicate_of", SINCE, "", "L0", "email"),
            "Ann Lee has it: it is a duplicate of L0 (same e-mail), and both have one "
            "owner; it takes no slot.",
        ),
        (
            KeptLead("L1", "", "duplicate_of", SINCE, "", "L0", "company"),
            "Nobody has it: it is a duplicate of L0 (same company), which nobody has.",
        ),
    ],
)
def test_why_a_lead_was_kept(kept, told):
    """By whom, and since when."""
    assert is_kept(kept, "Ann Lee") == told
    if kept.rep_id:
        assert is_kept(kept, "You").startswith("You have it")


def test_reps_have_names_in_details_and_changes():
    """At the end of a list as well, after a preposition, and with a lock beside."""
    names = {"R1": "Ann", "R6": "Bo"}
    assert with_names("full: R1, R6 and 2 more", names).endswith(
        "Ann (R1), Bo (R6) and 2 more"
    )
    change = "one more slot for R6 and a lock to R1"
    assert with_names(change, names) == (
        "one more slot for Bo (R6) and a lock to Ann (R1)"
    )
