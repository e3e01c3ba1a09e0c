"""Tests of how people are called."""

from reporting.text.words.people import rep_name


def test_a_rep_is_named_with_the_id():
    names = {"R1": "Ann Lee", "R2": "", "R3": "R3"}
    assert rep_name("R1", names) == "Ann Lee (R1)"
    assert [rep_name(rep, names) for rep in ("R2", "R3", "R4")] == ["R2", "R3", "R4"]
