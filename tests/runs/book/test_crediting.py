"""A turn comes back once, to the rep for whom the lead took one."""

from tests.runs.morning.test_morning import TUESDAY

JUNK = "--reason", "junk"


def test_a_turn_comes_back_once(office):
    assert "one slot more for R1" in office.do("credit", "A1", *JUNK).output
    later = office.do("credit", "A1", *JUNK, at="2026-09-07T13:00:00Z")
    assert "already" in later.output and len(office.events("credited")) == 1
    run = office.day(TUESDAY, *(f"C{i} North" for i in range(6)))
    assert list(run.owner.values()).count("R1") == 4


def test_it_is_the_turn_of_whom_the_run_gave_the_lead(office):
    office.do("override", "A1", "R2", "--reason", "knows them")
    assert "for R1" in office.do("credit", "A1", *JUNK).output


def test_a_lead_that_took_no_turn_gives_none_back(office):
    [lead] = {"B1", "B2", "B3"} - set(office.owner)
    done = office.do("credit", lead, *JUNK)
    assert done.exit_code == 3 and "has taken no rep's turn" in done.output
    unknown = office.do("credit", "A11", *JUNK)
    assert unknown.exit_code == 3 and "did you mean 'A1'?" in unknown.output
