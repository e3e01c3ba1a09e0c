"""Many leads change hands in one transaction, each with its event."""

from datetime import UTC, datetime

import pytest

from ledger import Ledger, LedgerError
from ledger.events import EVENTS, Event, events_query
from ledger.ownership import hand_over
from ledger.people.locks import LOCKS, locks
from tests.ledger.example_runs import decisions_of, entry_of

MONDAY = decisions_of({"L1": "R1", "L2": "R1", "L3": "", "L4": "R2"})
NOON = datetime(2026, 9, 7, 12, tzinfo=UTC)


@pytest.fixture
def ledger(path):
    with Ledger(path) as ledger:
        ledger.record(entry_of("mon", MONDAY, "2026-09-07T08:00"), MONDAY)
        yield ledger


def overridden(lead, rep, at=NOON):
    return Event("overridden", at, "Ann", lead, rep, reason="knows them")


def test_leads_change_hands_together(ledger):
    given = [overridden("L1", "R9"), overridden("L3", "R9"), overridden("L4", "R2")]
    taken = Event("reassigned", NOON, "Ann", "L2", other="R1")
    with ledger.writing() as connection:
        assert hand_over(connection, [*given, taken]) == [True, True, False, True]
    owners = ledger.owners().set_index("lead_id")["rep_id"].to_dict()
    assert owners == {"L1": "R9", "L3": "R9", "L4": "R2"}
    assert ledger.waiting()["lead_id"].tolist() == ["L2"]
    ends = ledger.assignments().query("lead_id in ('L1', 'L2')")["end_cause"]
    assert set(ends) == {"overridden", "reassigned", ""}
    assert len(ledger.asked(events_query("overridden", "reassigned"), EVENTS)) == 4


@pytest.mark.parametrize(
    ("event", "problem"),
    [
        (overridden("L9", "R9"), "lead L9 is in no run"),
        (overridden("L4", "R9", NOON.replace(day=6)), "which is after 2026-09-06"),
    ],
)
def test_nothing_is_done_where_one_of_them_cannot_be(ledger, event, problem):
    with (
        pytest.raises(LedgerError, match=problem),
        ledger.writing() as connection,
    ):
        hand_over(connection, [overridden("L1", "R9"), event])
    assert ledger.owner_of("L1") == "R1"
    assert ledger.asked(events_query("overridden"), EVENTS).empty


def test_a_lock_is_an_owner_whom_a_person_named(ledger):
    """Also where that was the owner already; it ends with the owner's time."""
    with ledger.writing() as connection:
        hand_over(connection, [overridden("L1", "R9"), overridden("L4", "R2")])
    named = ledger.asked(locks(), LOCKS).set_index("lead_id")["rep_id"].to_dict()
    assert named == {"L1": "R9", "L4": "R2"}
    assert ledger.asked(locks(before=1), LOCKS).empty
    assert len(ledger.asked(locks(before=2), LOCKS)) == 2
    later = NOON.replace(hour=13)
    with ledger.writing() as connection:
        hand_over(connection, [Event("reassigned", later, "Ann", "L1", "R1")])
    assert set(ledger.asked(locks(), LOCKS)["lead_id"]) == {"L4"}
