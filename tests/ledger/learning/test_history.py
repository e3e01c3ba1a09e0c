"""What the ledger knows of past leads is the same in a file and on a server."""

from datetime import UTC, datetime

import pandas as pd
import pytest

from crm.databases.address import address_of
from ledger import Ledger
from ledger.events import Event, add_events
from ledger.learning.history import history_of
from ledger.learning.outcomes import known_of
from ledger.ownership import give
from tests.ledger.example_runs import decisions_of, entry_of

FIRST = decisions_of({"L1": "R1", "L2": "R1", "L3": "", "L4": "R2"})
SECOND = decisions_of({"L3": "R2", "L1": "R3"})
NOON = datetime(2026, 9, 8, 12, tzinfo=UTC)
EVENTS = [
    Event("responded", NOON, "crm", "L1"),
    Event("won", NOON, "crm", "L1", value=7.5),
    Event("lost", NOON, "crm", "L2"),
    Event("reopened", NOON, "crm", "L2"),
    Event("merged", NOON, "crm", "L4", other="L1"),
]


def lived(ledger):
    """Let two runs and some events happen."""
    drawn = FIRST.assign(arm="control", propensity=0.5)
    ledger.record(entry_of("a", drawn, "2026-09-07T08:00"), drawn)
    with ledger.writing() as connection:
        add_events(connection, EVENTS)
    ledger.record(entry_of("b", SECOND, "2026-09-08T15:00"), SECOND)
    with ledger.writing() as connection:
        late = datetime(2026, 9, 9, tzinfo=UTC)
        give(connection, Event("overridden", late, "ann", "L3", "R1"))
        add_events(connection, [Event("lost", late, "crm", "L2")])


def told(ledger):
    with ledger.reading() as connection:
        known = known_of(connection, ["L1", "L2", "L9"])
        frames = [history_of(connection), history_of(connection, before=2)]
        frames += [known.leads, known.spells, known.facts]
        return frames, known.newest


@pytest.fixture
def file(path):
    with Ledger(path) as ledger:
        lived(ledger)
        yield ledger


def test_history_as_it_is_and_as_it_was(file):
    (now, before, *_), newest = told(file)
    now, before = now.set_index("lead_id"), before.set_index("lead_id")
    assert now["rep_id"].to_dict() == {"L1": "R1", "L2": "R1", "L3": "R1"}
    assert now["outcome"].to_dict() == {"L1": "won", "L2": "lost", "L3": "open"}
    assert now["propensity"].to_dict()["L1"] == 0.5 and pd.isna(now["propensity"]["L3"])
    assert before["outcome"].to_dict() == {"L1": "won", "L2": "open"}
    assert newest == datetime(2026, 9, 9, tzinfo=UTC)


def test_a_server_tells_the_same(file, postgres, monkeypatch, tmp_path):
    postgres.execute("DROP SCHEMA public CASCADE", "CREATE SCHEMA public")
    monkeypatch.setenv("LEDGER_URL", postgres.url)
    with Ledger(address_of("${LEDGER_URL}", tmp_path, "ledger")) as server:
        lived(server)
        frames, newest = told(server)
    of_file, newest_of_file = told(file)
    for one, other in zip(frames, of_file, strict=True):
        pd.testing.assert_frame_equal(one, other)
    assert newest == newest_of_file
