"""Open leads, what happened to them, and who had them, on both databases."""

from datetime import UTC, datetime

import pandas as pd
import pytest

from crm.databases.address import address_of
from ledger import Ledger, LedgerError
from ledger.events import EVENTS, Event, add_events, events_query
from ledger.former_owners import owners_since, with_cell, with_key
from ledger.frames import frame_of
from ledger.open_work import (
    DEEDS,
    OPEN_WORK,
    deeds,
    known_columns,
    open_work,
    recalls,
)
from ledger.ownership import take_all
from tests.ledger.example_runs import decisions_of, entry_of

MONDAY = decisions_of({"L1": "R1", "L2": "R1", "L3": "", "L4": "R2"})
NOON = datetime(2026, 9, 7, 12, tzinfo=UTC)
LONG_AGO = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.fixture(params=["file", "server"])
def ledger(request, path, monkeypatch, tmp_path):
    place = path
    if request.param == "server":
        postgres = request.getfixturevalue("postgres")
        postgres.execute("DROP SCHEMA public CASCADE", "CREATE SCHEMA public")
        monkeypatch.setenv("LEDGER_URL", postgres.url)
        place = address_of("${LEDGER_URL}", tmp_path, "ledger")
    columns = [
        {"email": "Mara@Acme.com", "account_id": "A1", "size": 3.0},
        {"company": "Acme", "account_id": "A1"},
        {},
        {"account_id": "A2"},
    ]
    keys = [[("email", "mara@acme.com")], [], [], []]
    made = MONDAY.assign(columns=columns, keys=pd.Series(keys, dtype=object))
    with Ledger(place) as ledger:
        ledger.record(entry_of("mon", made, "2026-09-07T08:00"), made)
        yield ledger


def recalled(lead, rep, at=NOON):
    return Event("recalled", at, "cron", lead, rep, reason="first response")


@pytest.mark.slow
def test_open_leads_have_their_owners(ledger):
    with ledger.writing() as connection:
        add_events(connection, [Event("won", NOON, "crm", "L2", "R1")])
    with ledger.reading() as connection:
        work = frame_of(connection.execute(open_work()).all(), OPEN_WORK)
        known = known_columns(connection, ["L1", "L4"])
        happened = deeds(connection, ["won"], ["L1", "L2"])
    assert work[["lead_id", "rep_id"]].values.tolist() == [
        ["L1", "R1"],
        ["L3", ""],
        ["L4", "R2"],
    ]
    assert work["started_at"].isna().tolist() == [False, True, False]
    assert known["columns"][0] == {"account_id": "A1", "size": 3.0}
    assert happened["lead_id"].tolist() == ["L2"] and list(happened) == list(DEEDS)


@pytest.mark.slow
def test_many_leads_are_taken_at_once_and_once(ledger):
    gone = [recalled("L1", "R1"), recalled("L2", "R9"), recalled("L3", "R1")]
    gone.append(recalled("L4", "R2"))
    with ledger.writing() as connection:
        assert take_all(connection, gone) == [gone[0], gone[3]]
        assert take_all(connection, gone) == []
    assert ledger.owners()["lead_id"].tolist() == ["L2"]
    ends = ledger.assignments().dropna(subset="ended_at")
    assert set(ends["end_cause"]) == {"recalled"}
    assert set(ends["ended_at"]) == {NOON}
    assert len(ledger.asked(events_query("recalled"), EVENTS)) == 2
    assert set(ledger.waiting()["lead_id"]) == {"L1", "L3", "L4"}


def test_leads_are_not_taken_before_they_were_assigned(ledger):
    early = recalled("L4", "R2", NOON.replace(day=6))
    with (
        pytest.raises(LedgerError, match="L4 was assigned to R2"),
        ledger.writing() as connection,
    ):
        take_all(connection, [recalled("L1", "R1"), early])
    assert ledger.owner_of("L1") == "R1"


def test_recalls_are_those_before_a_run(ledger):
    tuesday = decisions_of({"L3": ""})
    ledger.record(entry_of("tue", tuesday, "2026-09-08T08:00"), tuesday)
    with ledger.writing() as connection:
        take_all(connection, [recalled("L1", "R1", NOON.replace(day=9))])
    assert len(ledger.asked(recalls(), DEEDS)) == 1
    assert ledger.asked(recalls(before=ledger.number_of("tue")), DEEDS).empty


def former(ledger, cells, since=LONG_AGO, before=None):
    with ledger.reading() as connection:
        alike = with_cell(connection, "account_id", cells)
        rows = owners_since(connection, alike, since, before)
    return list(zip(rows["lead_id"], rows["rep_id"], strict=True))


def test_former_owners_are_found_by_keys_and_cells(ledger):
    assert former(ledger, ["A1"]) == [("L1", "R1"), ("L2", "R1")]
    assert former(ledger, ["A9"]) == [] and former(ledger, []) == []
    with ledger.reading() as connection:
        alike = with_key(connection, "email", ["mara@acme.com", "nobody@acme.com"])
        assert alike.values.tolist() == [["mara@acme.com", "L1"]]
        assert with_key(connection, "phone", ["mara@acme.com"]).empty


def test_what_closed_long_ago_or_was_recalled_brings_nobody_back(ledger):
    with ledger.writing() as connection:
        add_events(connection, [Event("lost", NOON, "crm", "L1", "R1")])
        take_all(connection, [recalled("L2", "R1")])
    assert former(ledger, ["A1"]) == [("L1", "R1")]
    later = NOON.replace(day=8)
    assert former(ledger, ["A1"], since=later) == []
    with ledger.writing() as connection:
        add_events(connection, [Event("reopened", later, "crm", "L1", "R1")])
    assert former(ledger, ["A1"], since=later) == [("L1", "R1")]


def test_what_a_run_did_not_know_is_not_told_again(ledger):
    tuesday = decisions_of({"L3": ""})
    ledger.record(entry_of("tue", tuesday, "2026-09-08T08:00"), tuesday)
    with ledger.writing() as connection:
        take_all(connection, [recalled("L4", "R2", NOON.replace(day=9))])
    before = ledger.number_of("tue")
    assert former(ledger, ["A2"]) == []
    assert former(ledger, ["A2"], before=before) == [("L4", "R2")]
