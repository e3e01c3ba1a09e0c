"""What people decide between runs, on PostgreSQL as in a file."""

from datetime import UTC, date, datetime

import pytest

from crm.databases.address import Address, address_of
from ledger import Ledger
from ledger.events import Event, add_events
from ledger.near_ids import near_lead
from ledger.ownership import hand_over
from ledger.people.book import BOOK, book_of, leads_query, open_by_word
from ledger.people.locks import LOCKS, locks
from ledger.people.rep_facts import FACTS, RepFact, add_fact, facts_query, void_fact
from ledger.people.switches import SWITCHES, switched_off
from ledger.people.turns import credits_on, given_on
from tests.ledger.example_runs import decisions_of, entry_of

MADE = decisions_of({"L1": "R1", "L2": "R1", "L3": ""})
DAY, NOON = date(2026, 9, 7), datetime(2026, 9, 7, 12, tzinfo=UTC)
SPAN = NOON.replace(hour=0), NOON.replace(hour=23)


@pytest.fixture(params=["file", "server"])
def ledger(request, tmp_path, monkeypatch):
    place: Address = tmp_path / "ledger.db"
    if request.param == "server":
        postgres = request.getfixturevalue("postgres")
        postgres.execute("DROP SCHEMA public CASCADE", "CREATE SCHEMA public")
        monkeypatch.setenv("LEDGER_URL", postgres.url)
        place = address_of("${LEDGER_URL}", tmp_path, "ledger")
    with Ledger(place) as ledger:
        words = [{"status": "Paused"}, {"status": 2}, {}]
        made = MADE.assign(columns=words)
        ledger.record(entry_of("mon", made, "2026-09-07T08:00"), made)
        yield ledger


def rows(ledger, query):
    with ledger.reading() as connection:
        return [tuple(row) for row in connection.execute(query)]


def test_owners_locks_and_turns(ledger):
    given = Event("overridden", NOON, "Ann", "L1", "R9", other="R1")
    moved = Event("reassigned", NOON, "Ann", "L3", "R9")
    credited = Event("credited", NOON, "Ann", "L2", "R1", reason="junk")
    with ledger.writing() as connection:
        assert hand_over(connection, [given, moved]) == [True, True]
        add_events(connection, [credited])
        assert near_lead(connection, "l1") == "L1"
        assert near_lead(connection, "L11") == "L1"
        assert near_lead(connection, "%") == ""
    assert ledger.asked(locks(), LOCKS)["lead_id"].tolist() == ["L1"]
    assert ledger.asked(locks(before=1), LOCKS).empty
    assert rows(ledger, given_on(SPAN, ["reassigned"])) == [("R9", 1)]
    assert rows(ledger, given_on(SPAN, ["reassigned"], before=1)) == []
    assert rows(ledger, credits_on(DAY)) == [("R1", 1)]
    assert rows(ledger, credits_on(DAY, before=1)) == []
    assert ledger.asked(book_of("R9"), BOOK)["lead_id"].tolist() == ["L1", "L3"]
    assert len(ledger.asked(leads_query(["L1", "L2", "L9"]), BOOK)) == 2


def test_open_leads_by_word(ledger):
    counts = sorted(rows(ledger, open_by_word("status")), key=str)
    told = [(rep, str(word), n) for rep, word, n in counts]
    assert told == [("R1", "2", 1), ("R1", "Paused", 1)]
    assert rows(ledger, open_by_word("status", before=1)) == []


def test_facts_and_switches(ledger):
    away = RepFact("R1", "absent", DAY, "Ann", DAY)
    with ledger.writing() as connection:
        assert add_fact(connection, away) and not add_fact(connection, away)
        add_events(connection, [Event("rep_off", NOON, "Ann", rep_id="R2")])
    assert ledger.asked(facts_query(), FACTS)["rep_id"].tolist() == ["R1"]
    assert ledger.asked(switched_off(NOON), SWITCHES)["rep_id"].tolist() == ["R2"]
    with ledger.writing() as connection:
        assert void_fact(connection, 1, "Ann", "")
    assert ledger.asked(facts_query(), FACTS).empty
    with (
        pytest.raises(Exception, match="rows are only added"),
        ledger.writing() as connection,
    ):
        connection.exec_driver_sql("DELETE FROM rep_facts")
