"""A book is distributed again: only its leads move, inside the rules."""

import json

import pytest

from tests.runs.morning.test_morning import TUESDAY

BOTH = """\
rep_id,daily_capacity,territories,active
R1,3,North|South,true
R2,4,North|South,true
R3,1,North|South,true
"""


@pytest.fixture
def office(office):
    """R1 owns two leads of the North, R2 two of the South; all may take all now."""
    (office.folder / "reps.csv").write_text(BOTH)
    return office


def reassign(office, *options, at=TUESDAY):
    return office.do("reassign", "--from", "R1", *options, at=at)


@pytest.mark.slow
def test_the_whole_book_moves_and_nothing_else(office):
    before = office.owner
    done = reassign(office, "--reason", "has left")
    assert done.exit_code == 0, done.output
    assert "2 leads of R1 reassigned" in done.output
    after = office.owner
    assert {after["A1"], after["A2"]} <= {"R2", "R3"}
    others = set(before) - {"A1", "A2"}
    assert {lead: after[lead] for lead in others} == {
        lead: before[lead] for lead in others
    }
    events = office.events("reassigned")
    assert {(e["lead_id"], e["other"], e["reason"]) for e in events} == {
        ("A1", "R1", "has left"),
        ("A2", "R1", "has left"),
    }
    again = reassign(office)
    assert again.exit_code == 0 and "0 leads of R1" in again.output
    assert len(office.events("reassigned")) == 2


def test_a_dry_run_changes_nothing(office):
    before = office.owner
    done = reassign(office, "--dry-run", "--json")
    shown = json.loads(done.stdout)
    assert {row["lead_id"] for row in shown["reassigned"]} == {"A1", "A2"}
    assert office.owner == before and office.events("reassigned") == []


@pytest.mark.slow
def test_who_is_named_gets_the_leads_and_the_rest_waits(office):
    """R3 has one slot: the other lead comes again in the next run."""
    done = reassign(office, "--to", "R3")
    assert done.exit_code == 7 and "waits for the next run" in done.output
    [placed] = {"A1", "A2"} & set(office.owner)
    assert office.owner[placed] == "R3"
    [waiting] = {"A1", "A2"} - {placed}
    (office.folder / "reps.csv").write_text(BOTH)
    afternoon = "2026-09-08T15:00:00Z"
    run = office.day(afternoon, "C1 North")
    (office.folder / "reps.csv").write_text(BOTH)
    assert waiting in set(run.crm.leads["lead_id"])


def test_slots_can_be_ignored(office):
    done = reassign(office, "--to", "R3", "--ignore-capacity")
    assert done.exit_code == 0
    assert [office.owner[lead] for lead in ("A1", "A2")] == ["R3", "R3"]


@pytest.mark.slow
def test_a_lead_that_a_manager_gave_stays_unless_asked_for(office):
    office.do("override", "B1", "R1", "--reason", "knows them")
    done = reassign(office)
    assert done.exit_code == 7 and "B1: stays, given to R1 by Ann" in done.output
    assert office.owner["B1"] == "R1"
    assert reassign(office, "--locked").exit_code == 0
    assert office.owner["B1"] != "R1"


@pytest.mark.slow
@pytest.mark.parametrize(
    ("options", "problem"),
    [
        (("--to", "R22"), "did you mean 'R2'?"),
        (("--to", "R1"), "name others"),
    ],
)
def test_reps_who_cannot_be_meant_are_refused(office, options, problem):
    done = reassign(office, *options)
    assert done.exit_code == 3 and problem in done.output


@pytest.mark.slow
def test_nobody_gets_leads_while_away(office):
    office.do("rep", "absent", "R2", "2026-09-08", "2026-09-08")
    refused = reassign(office, "--to", "R2")
    assert refused.exit_code == 3 and "R2 (absent until" in refused.output
    assert "R2" not in {row["rep_id"] for row in _moved(office)}


def _moved(office):
    return json.loads(reassign(office, "--json").stdout)["reassigned"]


def test_a_rep_without_a_book_is_none_to_take_from(office):
    done = office.do("reassign", "--from", "R9")
    assert done.exit_code == 3 and "no rep of the reps table" in done.output
