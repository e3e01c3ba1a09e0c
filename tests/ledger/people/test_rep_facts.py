"""Facts of reps' days: each is there once, and can be made void."""

from datetime import UTC, date, datetime

import pytest

from ledger import Ledger
from ledger.events import Event, add_events
from ledger.people.rep_facts import FACTS, RepFact, add_fact, facts_query, void_fact
from ledger.people.switches import SWITCHES, switched_off
from tests.ledger.example_runs import decisions_of, entry_of

MONDAY, FRIDAY = date(2026, 9, 7), date(2026, 9, 11)
MADE = decisions_of({"L1": "R1"})


@pytest.fixture
def ledger(path):
    with Ledger(path) as ledger:
        yield ledger


def facts(ledger, before=None):
    return ledger.asked(facts_query(before), FACTS)


def test_a_fact_said_twice_is_there_once(ledger):
    away = RepFact("R1", "absent", MONDAY, "Ann", FRIDAY, reason="holiday")
    with ledger.writing() as connection:
        assert add_fact(connection, away)
        assert not add_fact(connection, away)
    assert facts(ledger)["to_day"].tolist() == [FRIDAY]


def test_of_shares_the_last_counts(ledger):
    half = RepFact("R1", "part_time", MONDAY, "Ann", factor=0.5)
    most = RepFact("R1", "part_time", MONDAY, "Ann", factor=0.8)
    with ledger.writing() as connection:
        added = [add_fact(connection, fact) for fact in (half, most, most, half)]
    assert added == [True, True, False, True]
    assert facts(ledger)["factor"].tolist() == [0.5, 0.8, 0.5]


def test_a_void_fact_stays_for_runs_that_knew_it(ledger):
    with ledger.writing() as connection:
        add_fact(connection, RepFact("R1", "absent", MONDAY, "Ann", FRIDAY))
    ledger.record(entry_of("mon", MADE), MADE)
    with ledger.writing() as connection:
        assert void_fact(connection, 1, "Ann", "ill, not away")
        assert not void_fact(connection, 1, "Ann", "ill, not away")
    assert facts(ledger).empty
    assert facts(ledger, before=1)["rep_id"].tolist() == ["R1"]


def test_what_is_no_fact_cannot_be_void(ledger):
    with ledger.writing() as connection:
        assert void_fact(connection, 7, "Ann", "") is None


def test_who_is_off_is_off_until_switched_on_or_the_time_is_over(ledger):
    def at(hour):
        return datetime(2026, 9, 7, hour, tzinfo=UTC)

    switched = [
        Event("rep_off", at(9), "Ann", rep_id="R1"),
        Event("rep_off", at(9), "Ann", rep_id="R2", until=at(12)),
        Event("rep_on", at(14), "Ann", rep_id="R1"),
    ]
    with ledger.writing() as connection:
        add_events(connection, switched)

    def off(moment):
        return ledger.asked(switched_off(moment), SWITCHES)["rep_id"].tolist()

    assert [off(at(h)) for h in (8, 10, 13, 15)] == [[], ["R1", "R2"], ["R1"], []]
