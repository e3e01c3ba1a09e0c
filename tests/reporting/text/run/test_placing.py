"""What would place unassigned leads, in sentences."""

import pytest

from reporting.text.run.placing import (
    NOTHING_KNOWN,
    OTHERWISE,
    UnassignedGroup,
    placing_sentences,
)
from reporting.text.words.reasons import REASON_TEXT
from solver import Reason

NAMES = {"R1": "Ann Lee", "R2": ""}


def told(group: UnassignedGroup) -> str:
    return " ".join(placing_sentences(group, NAMES, "conversions"))


def test_full_reps_are_named_with_what_a_slot_adds() -> None:
    """By name and id, the figure is the model's, and how many leads want it."""
    full = [("R1", 0.25, 4), ("R2", 0.0, 2)]
    text = told(UnassignedGroup("reps_full", 5, full=full))
    assert "2 reps who may have some of them are full" in text
    assert "(model expectation), with Ann Lee (R1) 0.25, may have 4 of them." in text
    assert "R2" not in text


def test_slots_that_add_nothing_are_not_praised() -> None:
    """A price of nothing is said to be nothing."""
    text = told(UnassignedGroup("reps_full", 5, full=[("R1", 0.0, 4)]))
    assert text.endswith("is full. One more slot adds nothing by itself.")


def test_rules_and_people_in_the_way_are_named() -> None:
    """Rules on purpose, limits, reps away, and rules that leave nobody."""
    group = UnassignedGroup(
        "no_rep_meets_all_rules",
        3,
        kept_by=[("tiny", 1)],
        limits=[("hot", "R1", 0.5)],
        away=[("R1", 2)],
        spared=[("territory", 3, 0), ("product", 1, 1)],
    )
    text = told(group)
    assert "Rule tiny keeps 1 lead from distribution on purpose" in text
    assert "rule hot, R1: 0.50" in text
    assert "Ann Lee (R1) may have 2 of them" in text
    assert (
        "Without rule territory, 3 of them have an eligible rep at work; for none"
        in (text)
    )
    assert "Without rule product, 1 of them has an eligible rep at work; for 1" in text


def test_one_lead_is_no_several() -> None:
    """A group of one is spoken of as one."""
    text = told(UnassignedGroup("no_territory", 1, spared=[("territory", 1, 1)]))
    assert (
        text
        == "Without rule territory it has an eligible rep at work, with a slot left."
    )


@pytest.mark.parametrize("code", [*Reason, "of_a_rule"])
def test_no_reason_is_without_an_answer(code: str) -> None:
    """Where nothing is known of a group, what helps in general is said, or nothing."""
    text = told(UnassignedGroup(str(code), 1))
    assert text in {*OTHERWISE.values(), NOTHING_KNOWN}
    assert OTHERWISE.keys() <= REASON_TEXT.keys()
