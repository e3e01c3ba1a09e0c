"""What the ledger knows of reps holds on their days, as in the tables."""

from datetime import UTC, date, datetime

import pytest

from ledger.events import Event, add_events
from ledger.people.rep_facts import RepFact, add_fact
from runs import notes
from tests.runs.morning.test_morning import TUESDAY, Company

FIRST, SECOND = date(2026, 9, 7), date(2026, 9, 8)
NORTH = tuple(f"L{i} North" for i in range(4))


@pytest.fixture
def company(after_monday):
    return after_monday(Company, "A1 North", "A2 South")


def know(company, *facts):
    with company.ledger as ledger, ledger.writing() as connection:
        for fact in facts:
            add_fact(connection, fact)


def tuesday(company, *leads):
    run = company.day(TUESDAY, *leads)
    return run, " ".join(notes(run))


def test_an_absent_rep_gets_nothing_and_keeps_the_leads_they_have(company):
    know(company, RepFact("R1", "absent", SECOND, "Ann", SECOND, reason="ill"))
    run, told = tuesday(company, "A1 North", "L1 North", "L2 South")
    assert run.owner == {"L2": "R2"}
    assert run.kept["lead_id"].tolist() == ["A1"]
    assert "R1 (absent until 08 September 2026: ill)" in told


@pytest.mark.slow
def test_slots_are_those_of_the_part_of_the_day(company):
    know(company, RepFact("R1", "part_time", FIRST, "Ann", factor=0.5))
    run, told = tuesday(company, *NORTH)
    assert len(run.owner) == 2 and "R1 2 of 3" in told


def test_a_newcomer_grows_in_a_straight_line(company):
    grows = RepFact("R1", "ramp_up", FIRST, "Ann", date(2026, 9, 9), factor=0.2)
    know(company, grows)
    run, told = tuesday(company, *NORTH)
    assert len(run.owner) == 2 and "R1 2 of 3" in told  # 60 % of three


def test_leads_of_who_has_left_come_again(company):
    know(company, RepFact("R2", "left", FIRST, "Ann"))
    run, told = tuesday(company, "A2 South", "L1 South", "L2 North")
    assert run.owner == {"L2": "R1"} and run.kept.empty
    assert "R2 (last day 07 September 2026)" in told and "R2 is no active rep" in told


@pytest.mark.slow
def test_who_is_switched_off_gets_nothing_from_then_on(company):
    at = datetime(2026, 9, 8, 7, tzinfo=UTC)
    with company.ledger as ledger, ledger.writing() as connection:
        add_events(connection, [Event("rep_off", at, "Ann", rep_id="R1")])
    run, told = tuesday(company, "L1 North")
    assert run.owner == {} and "R1 (off until switched on)" in told
    with company.ledger as ledger, ledger.writing() as connection:
        on = Event("rep_on", at.replace(hour=12), "Ann", rep_id="R1")
        add_events(connection, [on])
    assert company.day("2026-09-08T13:00:00Z", "L3 North").owner["L3"] == "R1"


@pytest.mark.slow
def test_a_run_made_again_does_not_know_what_was_said_later(company):
    first = company.day(TUESDAY, "L1 North")
    know(company, RepFact("R1", "absent", SECOND, "Ann", SECOND))
    assert company.day(TUESDAY, "L1 North").owner == first.owner == {"L1": "R1"}


def test_facts_of_nobody_are_said(company):
    know(company, RepFact("R77", "absent", SECOND, "Ann"))
    assert "no rep of today's table: R77" in tuesday(company, "L1 North")[1]


@pytest.mark.slow
def test_a_rep_who_was_away_two_weeks_comes_back_to_a_normal_day(company):
    """Entitlement does not accrue: slots are a day's, and no turn is kept for later."""
    know(company, RepFact("R1", "absent", SECOND, "Ann", date(2026, 9, 20)))
    for day in range(8, 21):
        leads = [f"D{day}{i} North" for i in range(2)]
        assert company.day(f"2026-09-{day:02}T08:00:00Z", *leads).owner == {}
    back = company.day("2026-09-21T08:00:00Z", "L1 North")
    assert list(back.owner.values()) == ["R1"] * 3
