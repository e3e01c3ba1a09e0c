"""What is said of reps holds from then on, and is listed."""

import json

import pytest

from tests.runs.morning.test_morning import TUESDAY


@pytest.mark.slow
def test_an_absence_is_said_once_and_holds(office):
    away = "rep", "absent", "R1", "2026-09-08", "2026-09-09", "--reason", "ill"
    assert "absent from 2026-09-08" in office.do(*away).output
    assert "(already)" in office.do(*away).output
    assert "C1" not in office.day(TUESDAY, "C1 North").owner
    listed = json.loads(office.do("rep", "facts", "--json").stdout)
    [fact] = listed["facts"]
    assert (fact["rep_id"], fact["kind"], fact["reason"]) == ("R1", "absent", "ill")
    assert office.do("rep", "void", fact["number"]).exit_code == 0
    assert office.do("rep", "facts").output == "no facts\n"


@pytest.mark.slow
def test_a_switch_has_effect_at_once(office):
    off = "rep", "off", "R1", "--until", "2026-09-09"
    assert office.do(*off).output == "R1: off until 2026-09-09\n"
    assert "(already)" in office.do(*off).output
    assert "C1" not in office.day(TUESDAY, "C1 North").owner
    on = "rep", "on", "R1"
    assert office.do(*on, at="2026-09-08T10:00:00Z").output == "R1: on\n"
    assert office.day("2026-09-08T11:00:00Z", "C2 North").owner["C2"] == "R1"
    assert "(already)" in office.do(*on, at="2026-09-08T12:00:00Z").output


@pytest.mark.slow
def test_shares_and_last_days_are_said(office):
    for said in (
        ("part-time", "R1", "0.34"),
        ("ramp-up", "R2", "2026-09-07", "2026-09-09"),
        ("left", "R2", "2026-09-30"),
    ):
        assert office.do("rep", *said).exit_code == 0
    run = office.day(TUESDAY, "C1 North", "C2 North", "C3 South", "C4 South")
    assert sorted(run.owner.values()) == ["R1", "R2"]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("said", "code", "problem"),
    [
        (("off", "R11"), 3, "did you mean 'R1'?"),
        (("left", "R9", "2026-09-30"), 3, "no rep of the reps table"),
        (("absent", "R1", "2026-09-09", "2026-09-08"), 2, "TO is earlier than FROM"),
        (("ramp-up", "R1", "2026-09-09", "2026-09-09"), 2, "TO is not later"),
        (("off", "R1", "--until", "2026-09-01"), 2, "--until is not later"),
        (("part-time", "R1", "1.5"), 2, "1.5"),
        (("void", "7"), 3, "no fact has this number"),
    ],
)
def test_what_cannot_be_is_refused(office, said, code, problem):
    done = office.do("rep", *said)
    assert done.exit_code == code and problem in done.output
    assert office.events("rep_off") == []
