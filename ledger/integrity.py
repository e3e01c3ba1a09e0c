"""Whether a ledger is sound: its pages, its columns, and what its rows promise."""

from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import Connection, inspect, text
from sqlalchemy.exc import DatabaseError

from ledger.errors import LedgerError
from ledger.schema import METADATA

QUICK = 128 * 2**20
"""Bytes up to which every run looks at all pages of a file; more take too long."""
SMALL = ("runs", "scenarios", "models", "rep_facts")
"""Tables whose pages are looked at however large the file is."""
NAMED = 5
"""Rows that a fault names."""


@dataclass(frozen=True)
class Fault:
    """Something that a ledger promises and that does not hold.

    Attributes
    ----------
    promise
        What should be.
    count
        How many rows break it.
    examples
        The first of them.
    """

    promise: str
    count: int
    examples: tuple[str, ...]


def refuse_damage(connection: Connection) -> None:
    """Raise where a run cannot build on this ledger, at a cost that has a bound.

    Columns are looked at, and of a file its length and its pages: all of them up to
    :data:`QUICK` bytes, those of :data:`SMALL` tables beyond. A damaged page that a run
    touches is refused by SQLite; the others are for :func:`faults`.

    Raises
    ------
    LedgerError
        With the first fault.
    """
    if connection.dialect.name == "sqlite":
        for check in _quick_checks(connection):
            fault = str(connection.exec_driver_sql(f"PRAGMA {check}").scalar())
            if fault != "ok":
                raise LedgerError(f"is damaged; restore it from a backup ({fault})")
    inspector = inspect(connection)
    for name, table in METADATA.tables.items():
        there = {column["name"] for column in inspector.get_columns(name)}
        for column in table.columns:
            if column.name not in there:
                lacks = f"lacks the column {column.name} of {name}"
                raise LedgerError(f"{lacks}; restore it from a backup")


def faults(
    connection: Connection, stage: Callable[[str], None] = lambda _: None
) -> list[Fault]:
    """Return everything that should hold of a ledger and does not: all rows are read.

    Parameters
    ----------
    stage
        Called with what is looked at next.

    Raises
    ------
    LedgerError
        Where columns are missing, or a page cannot be read at all.
    """
    refuse_damage(connection)
    found: list[Fault] = []
    if connection.dialect.name == "sqlite":
        stage("pages and indices")
        damage = _damage(connection)
        if damage.count:
            # Rows of such pages tell nothing, and SQLite would refuse a commit.
            if transaction := connection.get_transaction():
                transaction.rollback()
            return [damage]
        found.append(_unknown_rows(connection))
    for promise, query in PROMISES.items():
        stage(promise)
        rows = [str(row[0]) for row in connection.execute(text(query))]
        found.append(Fault(promise, len(rows), tuple(rows[:NAMED])))
    return [fault for fault in found if fault.count]


def _quick_checks(connection: Connection) -> list[str]:
    n_bytes = 1
    for name in ("page_count", "page_size"):
        n_bytes *= int(connection.exec_driver_sql(f"PRAGMA {name}").scalar_one())
    if n_bytes <= QUICK:
        return ["quick_check(1)"]
    return [f"quick_check({table})" for table in SMALL]


def _damage(connection: Connection) -> Fault:
    try:
        rows = connection.exec_driver_sql(f"PRAGMA integrity_check({NAMED})").all()
        damage = tuple(str(row[0]) for row in rows if row[0] != "ok")
    except DatabaseError as error:
        # Some damage SQLite tells as an error, not in rows.
        damage = (str(error.orig),)
    return Fault("every page of the file is whole", len(damage), damage)


def _unknown_rows(connection: Connection) -> Fault:
    rows = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
    named = tuple(f"{row[0]} row {row[1]} of {row[2]}" for row in rows[:NAMED])
    return Fault("every row that another names is there", len(rows), named)


PROMISES = {
    "a lead has one current owner at most": """
        SELECT lead_id FROM assignments WHERE ended_at IS NULL
        GROUP BY lead_id HAVING count(*) > 1
    """,
    "a lead never had two owners at once": """
        SELECT lead_id FROM (
            SELECT lead_id, started_at, lag(ended_at) OVER times AS before
            FROM assignments WHERE ended_at IS NULL OR ended_at > started_at
            WINDOW times AS (PARTITION BY lead_id ORDER BY started_at, number)
        ) AS owned WHERE before > started_at
    """,
    "an assignment ends after it began, for a cause": """
        SELECT lead_id FROM assignments WHERE ended_at IS NOT NULL AND (
            ended_at < started_at OR end_cause IS NULL
            OR coalesce(end_run, end_after_run) IS NULL)
    """,
    "a run has as many decisions as it says": """
        SELECT runs.run_id FROM runs LEFT JOIN (
            SELECT run, count(*) AS n_leads,
                sum(CASE kind WHEN 'assigned' THEN 1 ELSE 0 END) AS n_assigned,
                sum(CASE kind WHEN 'kept' THEN 1 ELSE 0 END) AS n_kept
            FROM decisions GROUP BY run
        ) AS counted ON counted.run = runs.number
        WHERE runs.n_leads <> coalesce(counted.n_leads, 0)
            OR runs.n_assigned <> coalesce(counted.n_assigned, 0)
            OR runs.n_kept <> coalesce(counted.n_kept, 0)
    """,
    "every lead has a decision": """
        SELECT lead_id FROM leads WHERE NOT EXISTS (
            SELECT 1 FROM decisions WHERE decisions.lead_id = leads.lead_id)
    """,
    "a run's assignment is one that it decided": """
        SELECT assignments.lead_id FROM assignments LEFT JOIN decisions
            ON decisions.run = assignments.run
            AND decisions.lead_id = assignments.lead_id
            AND decisions.rep_id = assignments.rep_id
        WHERE assignments.run IS NOT NULL AND decisions.run IS NULL
    """,
    "what nobody's run decided has an event": """
        SELECT assignments.lead_id FROM assignments
        WHERE assignments.run IS NULL AND NOT EXISTS (
            SELECT 1 FROM events WHERE events.lead_id = assignments.lead_id
                AND events.kind = assignments.cause
                AND events.rep_id = assignments.rep_id)
    """,
}
"""What should hold -> a query for what breaks it, its name first."""
