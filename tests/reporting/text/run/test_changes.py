"""What changed since the last run, in sentences."""

from dataclasses import replace
from datetime import date

from reporting.text.run.changes import (
    Changes,
    change_rows,
    change_sentences,
    unlike_sentence,
)

CHANGES = Changes(
    day=date(2026, 9, 7),
    then={"all": 10, "assigned": 7, "unassigned": 3, "kept": 0},
    now={"all": 12, "assigned": 11, "unassigned": 1, "kept": 0},
    reasons={"reps_full": (3, 1), "no_rep_at_work": (0, 1)},
    placed=["L1", "L2"],
    still=["L3"],
    busier=[("R1", 4)],
    rules_changed=["large deals"],
    settings_changed=["solve"],
    is_new_model=True,
    names={"R1": "Ann Lee"},
)


def told(**changed: object) -> str:
    return " ".join(change_sentences(replace(CHANGES, **changed)))  # type: ignore[arg-type]


def test_leads_people_rules_and_model_are_told() -> None:
    """Each of what changed has its sentence, with names."""
    text = told()
    assert "12 leads today, 10 then; 1 without an owner, 3 then." in text
    assert "Of those left then, 2 (L1, L2) got an owner today, and 1 (L3) wait" in text
    assert "Got leads today and none then: Ann Lee (R1) 4." in text
    assert "Changed rule of the scenario: large deals." in text
    assert "Changed in the scenario besides its rules: solve." in text
    assert "Another model file was used." in text


def test_what_stayed_is_not_told() -> None:
    """But that the rules are the same, which people ask first."""
    text = told(
        rules_changed=[], settings_changed=[], is_new_model=None, placed=[], still=[]
    )
    assert "The rules are the same." in text
    assert "model" not in text and "left then" not in text


def test_rows_have_both_runs() -> None:
    """What became of leads, then the reasons, the most frequent now first."""
    assert change_rows(CHANGES) == [
        ("all", 10, 12),
        ("assigned", 7, 11),
        ("unassigned", 3, 1),
        ("because every eligible rep is away", 0, 1),
        ("because the eligible reps are full", 3, 1),
    ]


def test_a_day_of_another_size_is_unlike() -> None:
    """A third more or fewer is worth a word, a fifth is not."""
    assert not CHANGES.is_unlike
    more = replace(CHANGES, now={**CHANGES.now, "all": 14})
    assert more.is_unlike and "far more leads" in unlike_sentence(more)
    fewer = replace(CHANGES, now={**CHANGES.now, "all": 0})
    assert fewer.is_unlike and "far fewer leads" in unlike_sentence(fewer)
