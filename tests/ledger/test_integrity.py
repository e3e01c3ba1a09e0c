"""A ledger that is not sound is said to be so, page by page and row by row."""

import sqlite3

import pytest

from ledger import Ledger, LedgerError, integrity
from ledger.integrity import faults
from tests.ledger.lives import fill

BROKEN = {
    "one current owner": "INSERT INTO assignments (lead_id, rep_id, started_at, run) "
    "VALUES ('L4', 'R9', '2026-09-07T08:00:00.000000Z', 1)",
    "two owners at once": "UPDATE assignments SET started_at = "
    "'2026-09-07T08:00:00.000001Z' WHERE number = 4",
    "as many decisions": "UPDATE runs SET n_assigned = 2, n_unassigned = 2 "
    "WHERE number = 1",
    "lead has a decision": "INSERT INTO leads VALUES ('L9', NULL, 1, '', '', '', '{}', "
    "NULL)",
    "one that it decided": "UPDATE assignments SET rep_id = 'R9' WHERE number = 3",
    "has an event": "UPDATE assignments SET cause = 'reassigned' WHERE number = 4",
}


@pytest.fixture
def filled(path):
    with Ledger(path) as ledger:
        fill(ledger)
    return path


def test_a_sound_ledger_has_no_fault(place):
    with Ledger(place) as ledger:
        fill(ledger)
        with ledger.reading() as connection:
            assert faults(connection) == []


@pytest.mark.slow
@pytest.mark.parametrize("promise", BROKEN)
def test_a_promise_that_is_broken_is_named_with_its_lead(filled, promise):
    """By somebody who has switched the database's own protection off."""
    with sqlite3.connect(filled) as raw:
        names = "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        for (name,) in raw.execute(names).fetchall():
            raw.execute(f"DROP TRIGGER {name}")
        raw.execute("DROP INDEX assignments_one_current_owner")
        raw.execute(BROKEN[promise])
    raw.close()
    with Ledger(filled) as ledger, ledger.reading() as connection:
        broken = faults(connection)
    assert any(promise in fault.promise and fault.examples for fault in broken)


def test_damage_of_a_page_is_found_however_large_the_file(filled, monkeypatch):
    """Before a run where all pages are looked at, by the full check otherwise."""
    with sqlite3.connect(filled) as raw:
        (page,) = raw.execute(
            "SELECT rootpage FROM sqlite_master WHERE name = 'events_of_kind'"
        ).fetchone()
        (size,) = raw.execute("PRAGMA page_size").fetchone()
    raw.close()
    with filled.open("r+b") as file:
        file.seek((page - 1) * size)
        file.write(b"\xff" * size)
    with Ledger(filled) as ledger, pytest.raises(LedgerError, match="damaged"):
        ledger.check()
    monkeypatch.setattr(integrity, "QUICK", 0)
    with Ledger(filled) as ledger:
        ledger.check()
        with ledger.reading() as connection:
            assert faults(connection)[0].promise == "every page of the file is whole"


def test_a_damaged_page_is_never_written_on(filled, monkeypatch):
    """Where a run touches it, the run is refused whole."""
    monkeypatch.setattr(integrity, "QUICK", 0)
    with sqlite3.connect(filled) as raw:
        (page,) = raw.execute(
            "SELECT rootpage FROM sqlite_master WHERE name = 'decisions'"
        ).fetchone()
        (size,) = raw.execute("PRAGMA page_size").fetchone()
    raw.close()
    with filled.open("r+b") as file:
        file.seek((page - 1) * size)
        file.write(b"\xff" * size)
    content = filled.read_bytes()
    with Ledger(filled) as ledger, pytest.raises(LedgerError, match="damaged"):
        from tests.ledger.example_runs import decisions_of, entry_of

        made = decisions_of({"L7": "R1"})
        ledger.record(entry_of("wed", made, "2026-09-09"), made)
    assert filled.read_bytes() == content
