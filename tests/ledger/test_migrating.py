"""Ledgers of earlier versions are taken over, whole or not at all."""

import sqlite3
from contextlib import closing

import pandas as pd
import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from ledger import Ledger, LedgerError
from ledger.database import engine_of
from ledger.migrating import migrate
from ledger.migrations import protection, takeover
from ledger.schema import METADATA

VERSION_1 = (
    """CREATE TABLE runs (
        number INTEGER PRIMARY KEY, run_id TEXT NOT NULL UNIQUE,
        scenario TEXT NOT NULL, as_of TEXT NOT NULL, status TEXT NOT NULL,
        engine TEXT NOT NULL, objective REAL, n_leads INTEGER NOT NULL,
        n_assigned INTEGER NOT NULL, n_unassigned INTEGER NOT NULL,
        seed INTEGER NOT NULL)""",
    """CREATE TABLE decisions (
        run INTEGER NOT NULL REFERENCES runs (number), lead_id TEXT NOT NULL,
        rep_id TEXT NOT NULL, reason TEXT NOT NULL, p_convert REAL, value REAL,
        arm TEXT NOT NULL, propensity REAL, created_at TEXT,
        PRIMARY KEY (run, lead_id)) WITHOUT ROWID""",
    "CREATE INDEX decisions_of_lead ON decisions (lead_id)",
    f"PRAGMA application_id = {int.from_bytes(b'LEAD')}",
    "PRAGMA user_version = 1",
)
VERSION_2 = (
    """INSERT INTO runs (number, run_id, scenario, day, as_of, status, engine, n_leads,
        n_assigned, n_kept, n_unassigned, seed) VALUES (1, 'mon', 'daily',
        '2026-09-07', '2026-09-07T08:00:00.000000Z', 'optimal', 'flow', 1, 1, 0, 0, 0)
    """,
    "INSERT INTO leads (lead_id, first_run, columns) VALUES ('L1', 1, '{}')",
    """INSERT INTO decisions (run, lead_id, kind, rep_id, reason, arm)
        VALUES (1, 'L1', 'assigned', 'R1', 'why', '')""",
    """INSERT INTO events (at, kind, lead_id, rep_id, run, actor, reason)
        VALUES ('2026-09-07T08:00:00.000000Z', 'assigned', 'L1', 'R1', 1, 'mon',
        'why')""",
    """INSERT INTO assignments (lead_id, rep_id, started_at, run)
        VALUES ('L1', 'R1', '2026-09-07T08:00:00.000000Z', 1)""",
)
DAYS = {
    "mon": ("2026-09-07T23:59:59.999999999Z", {"L1": "R1", "L2": "R2", "L3": ""}),
    "wed": ("2026-09-09T00:00:00.000000000Z", {"L1": "R1", "L3": "R1"}),
    "tue": ("2026-09-08T00:00:00.000000000Z", {"L2": "R3"}),
}


@pytest.fixture
def old(path):
    """A file of version 1, whose Tuesday was recorded last."""
    created = "2026-09-01T08:00:00.000000001Z"
    with closing(sqlite3.connect(path)) as connection:
        for statement in VERSION_1:
            connection.execute(statement)
        for number, (run_id, (as_of, owner)) in enumerate(DAYS.items(), 1):
            n_assigned = sum(map(bool, owner.values()))
            counts = len(owner), n_assigned, len(owner) - n_assigned
            entry = number, run_id, "daily", as_of, "optimal", "flow", 0.5, *counts, 0
            connection.execute(
                f"INSERT INTO runs VALUES ({', '.join('?' * 11)})", entry
            )
            for lead, rep in owner.items():
                row = number, lead, rep, "why", 0.25, 0.2, "", None, created
                connection.execute(
                    f"INSERT INTO decisions VALUES ({', '.join('?' * 9)})", row
                )
        connection.commit()
    return path


def test_a_file_of_version_1_is_taken_over(old):
    with Ledger(old) as ledger:
        runs, decisions = ledger.runs(), ledger.decisions()
        owners = ledger.assignments(current=True).set_index("lead_id")["rep_id"]
        lives = ledger.assignments()
    assert runs["run_id"].tolist() == list(DAYS)
    assert runs["as_of"].iloc[0] == pd.Timestamp("2026-09-07T23:59:59.999999Z")
    assert len(decisions) == sum(len(owner) for _, owner in DAYS.values())
    assert decisions["propensity"].isna().all()
    assert owners.to_dict() == {"L1": "R1", "L2": "R3", "L3": "R1"}
    of_two = lives[lives["lead_id"] == "L2"]
    assert of_two["rep_id"].tolist() == ["R2", "R3"]
    assert of_two["end_cause"].tolist() == ["reassigned", ""]
    assert of_two["ended_at"].iloc[0] == of_two["started_at"].iloc[1]


def test_a_migration_that_fails_leaves_the_file_as_it_was(old, monkeypatch):
    before = old.read_bytes()

    def fail(connection):
        raise RuntimeError("in the middle")

    with monkeypatch.context() as patch:
        patch.setattr(takeover, "_fill_assignments", fail)
        with pytest.raises(RuntimeError):
            Ledger(old)
    assert old.read_bytes() == before
    with Ledger(old) as ledger:
        assert len(ledger.runs()) == len(DAYS)


def version_2(path):
    """Make a ledger as version 2 left it, with one lead, and return its file."""
    with engine_of(path).connect() as connection, connection.begin():
        migrate(connection, "v2_owners")
        for statement in VERSION_2:
            connection.exec_driver_sql(statement)
    return path


def test_a_file_of_version_2_is_widened(path):
    """What it holds stays, and is protected as before."""
    with Ledger(version_2(path)) as ledger, ledger.reading() as connection:
        kept = connection.exec_driver_sql(
            "SELECT at, kind, lead_id, rep_id, run, actor, reason FROM events"
        ).all()
        own = connection.exec_driver_sql("SELECT rep_id, cause, day FROM ownership")
        assert [tuple(row) for row in own] == [("R1", "assigned", "2026-09-07")]
    moment = "2026-09-07T08:00:00.000000Z"
    assert [tuple(row) for row in kept] == [
        (moment, "assigned", "L1", "R1", 1, "mon", "why")
    ]
    for change in ("UPDATE events SET reason = ''", "DELETE FROM assignments"):
        with (
            closing(sqlite3.connect(path)) as connection,
            pytest.raises(sqlite3.IntegrityError, match="rows are only added"),
        ):
            connection.execute(change)


def test_a_failed_change_of_version_2_leaves_it_as_it_was(path, monkeypatch):
    before = version_2(path).read_bytes()

    def fail(table, change):
        raise RuntimeError("in the middle")

    with monkeypatch.context() as patch:
        patch.setattr(protection, "_name", fail)
        with pytest.raises(RuntimeError):
            Ledger(path)
    assert path.read_bytes() == before
    with Ledger(path) as ledger:
        assert ledger.owner_of("L1") == "R1"


def test_migrated_tables_are_those_of_the_schema(old, tmp_path):
    """Of a new file and of one taken over: what code expects is what is there."""
    for path in (old, tmp_path / "new.db"):
        Ledger(path).close()
        with engine_of(path).connect() as connection:
            context = MigrationContext.configure(connection)
            assert compare_metadata(context, METADATA) == []


def test_the_newest_revision_is_the_one_that_is_known():
    from alembic.config import Config
    from alembic.script import ScriptDirectory

    from ledger import migrating

    config = Config()
    config.set_main_option("script_location", str(migrating.MIGRATIONS))
    assert ScriptDirectory.from_config(config).get_heads() == [migrating.HEAD]


def test_tables_of_a_newer_revision_are_refused(path):
    Ledger(path).close()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("UPDATE alembic_version SET version_num = 'v9_later'")
        connection.commit()
    with pytest.raises(LedgerError, match=r"newer rightrep .*upgrade"):
        Ledger(path)
