"""Turns: what takes a slot besides runs, and what gives one back."""

from datetime import UTC, datetime

import pytest

from ledger.events import Event, add_events
from ledger.ownership import hand_over
from runs import allocate, notes
from tests.runs.morning.test_morning import TUESDAY, Company

NOON = datetime(2026, 9, 7, 12, tzinfo=UTC)
AFTERNOON = "2026-09-07T15:00:00Z"
NORTH = tuple(f"L{i} North" for i in range(6))


@pytest.fixture
def company(after_monday):
    return after_monday(Company, "A1 North", "A2 South", "A3 South")


def add(company, *events):
    with company.ledger as ledger, ledger.writing() as connection:
        return add_events(connection, list(events))


def hand(company, kind, lead, rep):
    with company.ledger as ledger, ledger.writing() as connection:
        hand_over(connection, [Event(kind, NOON, "Ann", lead, rep)])


def say(company, text):
    days = company.folder / "days.yaml"
    days.write_text(days.read_text() + text)


def test_a_credit_gives_the_next_turn_back(company):
    add(company, Event("credited", NOON, "Ann", "A1", "R1", reason="junk"))
    run = company.day(AFTERNOON, *NORTH)
    assert len(run.owner) == 3
    assert "Slots that credits give back: R1 1." in notes(run)


@pytest.mark.slow
def test_a_credit_of_the_evening_counts_tomorrow_and_no_other_day(company):
    add(company, Event("credited", NOON, "Ann", "A1", "R1", reason="junk"))
    tuesday = company.day(TUESDAY, *NORTH)
    assert len(tuesday.owner) == 4
    wednesday = company.day("2026-09-09T08:00:00Z", *(f"W{i} North" for i in range(6)))
    assert len(wednesday.owner) == 3


def test_so_many_credits_count_as_the_scenario_says(company):
    credited = [Event("credited", NOON, "Ann", lead, "R1") for lead in ("A1", "A2")]
    add(company, *credited)
    company.write(TUESDAY, *NORTH)
    say(company, "turns: {most_credits: 1}\n")

    assert len(allocate(company.folder / "days.yaml").owner) == 4


@pytest.mark.slow
@pytest.mark.parametrize(
    ("kind", "turns", "n_left"),
    [
        ("overridden", "", 2),
        ("overridden", "turns: {also_count: [overridden]}\n", 1),
        ("reassigned", "", 1),
        ("reassigned", "turns: {also_count: []}\n", 2),
    ],
)
def test_what_people_give_takes_a_slot_where_the_scenario_says(
    company, kind, turns, n_left
):
    hand(company, kind, "A2", "R1")
    company.write(AFTERNOON, *NORTH)
    say(company, turns)

    assert len(allocate(company.folder / "days.yaml").owner) == n_left
