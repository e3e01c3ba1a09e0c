"""What the morning's run asks of the days before."""

from datetime import date

import pytest

from ledger import Ledger, LedgerError
from tests.ledger.example_runs import decisions_of, entry_of

MONDAY = decisions_of({"L1": "R1", "L2": "R1", "L3": "", "L4": ""})
LATER = decisions_of({"L5": "R1", "L3": "R2"})
TUESDAY = decisions_of({"L4": "", "L6": ""})


@pytest.fixture
def ledger(path):
    with Ledger(path) as ledger:
        ledger.record(entry_of("mon", MONDAY, "2026-09-07T08:00"), MONDAY)
        ledger.record(entry_of("later", LATER, "2026-09-07T15:00"), LATER)
        ledger.record(entry_of("tue", TUESDAY, "2026-09-08T08:00"), TUESDAY)
        yield ledger


def test_owners_are_known_with_their_run(ledger):
    owners = ledger.owners().set_index("lead_id")
    assert owners["rep_id"].to_dict() == {
        "L1": "R1",
        "L2": "R1",
        "L3": "R2",
        "L5": "R1",
    }
    assert owners.at["L3", "run_id"] == "later"
    assert owners.at["L3", "started_at"].hour == 15


def test_leads_wait_until_somebody_owns_them(ledger):
    """L3 found a rep in the afternoon; L4 has waited since Monday."""
    waiting = ledger.waiting().set_index("lead_id")
    assert waiting["n_runs"].to_dict() == {"L4": 2, "L6": 1}
    assert waiting.at["L4", "first_day"] == date(2026, 9, 7)


def test_columns_of_a_waiting_lead_come_back(path):
    made = decisions_of({"L1": ""}).assign(
        columns=[{"product": "Cloud", "email": "a@example.com"}]
    )
    with Ledger(path) as ledger:
        ledger.record(entry_of("mon", made), made)
        [lead] = ledger.waiting().to_dict("records")
    assert lead["columns"] == {"product": "Cloud"}
    assert lead["email"] == "a@example.com"


def test_a_day_counts_all_its_runs(ledger):
    assert ledger.assigned_on(date(2026, 9, 7)) == {"R1": 3, "R2": 1}
    assert ledger.assigned_on(date(2026, 9, 8)) == {}
    assert ledger.open_leads() == {"R1": 3, "R2": 1}


def test_a_superseded_run_is_void_but_stays(ledger):
    """Its leads are free, its day's capacity too; its decisions can be read."""
    again = decisions_of({"L1": "R2", "L2": "", "L3": "", "L4": ""})
    entry = entry_of("again", again, "2026-09-07T08:00")
    assert ledger.record(entry, again, supersedes="mon")
    owners = ledger.owners().set_index("lead_id")["rep_id"]
    assert owners.to_dict() == {"L1": "R2", "L3": "R2", "L5": "R1"}
    assert ledger.assigned_on(date(2026, 9, 7)) == {"R1": 1, "R2": 2}
    assert set(ledger.waiting()["lead_id"]) == {"L2", "L4", "L6"}
    assert len(ledger.decisions("mon")) == len(MONDAY)
    ended = ledger.assignments().query("run_id == 'mon'")
    assert set(ended["end_cause"]) == {"superseded"}


def test_what_a_run_was_told_can_be_told_again(ledger):
    """Whatever came after it, its own decisions included."""
    again = decisions_of({"L1": "R2", "L2": "", "L3": "", "L4": ""})
    ledger.record(entry_of("again", again, "2026-09-07T08:00"), again, supersedes="mon")
    later, tuesday = ledger.number_of("later"), ledger.number_of("tue")
    assert ledger.number_of("nobody") is None
    then = ledger.owners(before=later).set_index("lead_id")["rep_id"]
    assert then.to_dict() == {"L1": "R1", "L2": "R1"}
    assert set(ledger.waiting(before=later)["lead_id"]) == {"L3", "L4"}
    assert ledger.assigned_on(date(2026, 9, 7), before=later) == {"R1": 2}
    assert ledger.open_leads(before=tuesday) == {"R1": 3, "R2": 1}
    assert ledger.owners(before=ledger.number_of("mon")).empty


def test_an_unknown_run_cannot_be_superseded(ledger):
    with pytest.raises(LedgerError, match="has no run nobody"):
        ledger.record(entry_of("x", TUESDAY), TUESDAY, supersedes="nobody")
    assert "x" not in set(ledger.runs()["run_id"])
