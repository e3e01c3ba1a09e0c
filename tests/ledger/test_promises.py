"""What the database itself promises, whoever writes to it."""

import sqlite3
from contextlib import closing

import pytest

from ledger import Ledger
from tests.ledger.example_runs import decisions_of, entry_of

MONDAY = decisions_of({"L1": "R1", "L2": "R2", "L3": ""})


@pytest.fixture
def filled(path):
    with Ledger(path) as ledger:
        ledger.record(entry_of("mon", MONDAY), MONDAY)
    return path


def execute(path, sql):
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute(sql)
        connection.commit()


@pytest.mark.parametrize("table", ["runs", "decisions", "events", "scenarios"])
@pytest.mark.parametrize("change", ["UPDATE {} SET {} = {}", "DELETE FROM {}"])
def test_what_happened_cannot_be_changed(filled, table, change):
    column = {"runs": "seed", "scenarios": "name"}.get(table, "reason")
    execute(filled, "INSERT INTO scenarios VALUES ('a', 'daily', 'text')")
    with pytest.raises(sqlite3.IntegrityError, match="rows are only added"):
        execute(filled, change.format(table, column, column))


def test_a_lead_has_one_current_owner(filled):
    """A second one is refused by an index, not only by us."""
    second = (
        "INSERT INTO assignments (lead_id, rep_id, started_at) "
        "VALUES ('L1', 'R9', '2026-09-08T00:00:00.000000Z')"
    )
    with pytest.raises(sqlite3.IntegrityError, match="UNIQUE"):
        execute(filled, second)


@pytest.mark.parametrize(
    "change",
    [
        "DELETE FROM assignments",
        "DELETE FROM leads",
        "UPDATE assignments SET rep_id = 'R9'",
        "UPDATE assignments SET started_at = '2020-01-01T00:00:00.000000Z'",
    ],
)
def test_an_assignment_only_ends(filled, change):
    with pytest.raises(sqlite3.IntegrityError, match="rows are only added"):
        execute(filled, change)


def test_an_end_is_final(filled):
    end = "UPDATE assignments SET ended_at = '2026-09-0{}T00', end_cause = 'recalled'"
    execute(filled, end.format(8))
    with pytest.raises(sqlite3.IntegrityError, match="rows are only added"):
        execute(filled, end.format(9))


def test_a_decision_speaks_of_a_known_lead(filled):
    unknown = (
        "INSERT INTO decisions (run, lead_id, kind, rep_id, reason, arm) "
        "VALUES (1, 'L9', 'unassigned', '', '', '')"
    )
    with pytest.raises(sqlite3.IntegrityError, match="FOREIGN KEY"):
        execute(filled, unknown)


def test_personal_columns_can_be_blanked(filled):
    """The one change of a row, so that a person can be forgotten."""
    execute(filled, "UPDATE leads SET company = '', email = '', phone = ''")
