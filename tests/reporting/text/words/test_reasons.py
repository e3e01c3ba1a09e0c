"""Every code has its words, the rules' own among them."""

from reporting.text.words.reasons import (
    CHOICE_TEXT,
    REASON_TEXT,
    choice_text,
    reason_text,
)
from runs.prepared.morning import CLOSED, DUPLICATE_OF
from solver import Choice, Reason


def test_every_code_has_a_text():
    """The solver's lists are covered."""
    assert set(REASON_TEXT) == set(Reason)
    assert set(CHOICE_TEXT) == set(Choice)


def test_rules_bring_their_own_words():
    """They stand on the classes of rules."""
    assert reason_text("no_rep_in_territory") == "no rep covers the territory"
    assert choice_text("locked") == "locked to this rep"


def test_leads_that_took_no_part_have_words_too():
    """Every code of the morning that leaves a lead without an owner."""
    for code in (DUPLICATE_OF, CLOSED):
        assert reason_text(code) != code and "_" not in reason_text(code)


def test_an_unknown_code_is_shown_as_it_is():
    """A folder written with a rule that is not known here."""
    assert reason_text("no_rep_with_a_beard") == "no_rep_with_a_beard"
