"""Owners that people and clocks give, and events that are there once."""

from datetime import UTC, date, datetime

import pytest

from ledger import Ledger, LedgerError
from ledger.events import EVENTS, Event, add_events, events_query
from ledger.ownership import give, take
from tests.ledger.example_runs import decisions_of, entry_of

MONDAY = decisions_of({"L1": "R1", "L2": "R1", "L3": ""})
TUESDAY = decisions_of({"L3": "", "L4": "R2"})
NOON = datetime(2026, 9, 7, 12, tzinfo=UTC)


@pytest.fixture
def ledger(path):
    with Ledger(path) as ledger:
        ledger.record(entry_of("mon", MONDAY, "2026-09-07T08:00"), MONDAY)
        yield ledger


def overridden(lead, rep, at=NOON):
    return Event("overridden", at, "Ann", lead, rep, reason="knows them")


def test_a_person_gives_a_lead_to_another_rep(ledger):
    with ledger.writing() as connection:
        assert give(connection, overridden("L1", "R9"))
        assert not give(connection, overridden("L1", "R9"))
    assert ledger.owner_of("L1") == "R9"
    lives = ledger.assignments().query("lead_id == 'L1'")
    assert lives["end_cause"].tolist() == ["overridden", ""]
    [event] = ledger.asked(events_query("overridden"), EVENTS).to_dict("records")
    assert (event["rep_id"], event["actor"]) == ("R9", "Ann")


def test_a_lead_without_an_owner_is_taken_from_nobody(ledger):
    recalled = Event("recalled", NOON, "sla", "L3")
    with ledger.writing() as connection:
        assert not take(connection, recalled)
        assert take(connection, Event("recalled", NOON, "sla", "L2", "R1"))
    assert set(ledger.waiting()["lead_id"]) == {"L2", "L3"}


def test_what_people_did_belongs_between_two_runs(ledger):
    """A run that is made again is told what it was told, overrides included."""
    with ledger.writing() as connection:
        give(connection, overridden("L1", "R9"))
        add_events(connection, [Event("won", NOON, "crm", "L2", value=10.0)])
    ledger.record(entry_of("tue", TUESDAY, "2026-09-08T08:00"), TUESDAY)
    with ledger.writing() as connection:
        take(connection, Event("recalled", NOON.replace(day=9), "sla", "L1"))
        add_events(connection, [Event("reopened", NOON.replace(day=9), "crm", "L2")])
    then = ledger.owners(before=ledger.number_of("tue")).set_index("lead_id")["rep_id"]
    assert then.to_dict() == {"L1": "R9", "L2": "R1"}
    assert ledger.open_leads(before=ledger.number_of("tue")) == {"R9": 1}
    first = ledger.owners(before=2).set_index("lead_id")["rep_id"]
    assert first["L1"] == "R9"
    assert ledger.open_leads() == {"R1": 1, "R2": 1}
    assert ledger.assigned_on(date(2026, 9, 7)) == {"R1": 2}


def test_the_same_event_is_there_once(ledger):
    won = Event("won", NOON, "crm", "L1", value=10.0)
    with ledger.writing() as connection:
        assert add_events(connection, [won, won]) == [True, False]
        assert add_events(connection, [won]) == [False]
    assert len(ledger.asked(events_query("won"), EVENTS)) == 1


def test_a_lead_cannot_change_hands_before_it_was_assigned(ledger):
    with (
        pytest.raises(LedgerError, match="which is after 2026-09-06"),
        ledger.writing() as connection,
    ):
        give(connection, overridden("L1", "R9", NOON.replace(day=6)))
    assert ledger.owner_of("L1") == "R1"


def test_an_unknown_lead_is_refused(ledger):
    with (
        pytest.raises(LedgerError, match="lead L9 is in no run"),
        ledger.writing() as connection,
    ):
        give(connection, overridden("L9", "R9"))
