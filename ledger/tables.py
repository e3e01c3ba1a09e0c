"""The ledger's two tables, in SQL and as frames."""

from typing import Literal

APPLICATION = int.from_bytes(b"LEAD")
"""Marks an SQLite file as a ledger."""
VERSION = 1
"""Version of the tables below; an older rightrep refuses a newer one."""

Kind = Literal["text", "time", "number", "count"]

RUNS: dict[str, Kind] = {
    "run_id": "text",
    "scenario": "text",
    "as_of": "time",
    "status": "text",
    "engine": "text",
    "objective": "number",
    "n_leads": "count",
    "n_assigned": "count",
    "n_unassigned": "count",
    "seed": "count",
}
"""Columns of a frame of runs."""

DECISIONS: dict[str, Kind] = {
    "lead_id": "text",
    "rep_id": "text",
    "reason": "text",
    "p_convert": "number",
    "value": "number",
    "arm": "text",
    "propensity": "number",
    "created_at": "time",
}
"""Columns of a frame of decisions."""

STATEMENTS = (
    """
    CREATE TABLE runs (
        number INTEGER PRIMARY KEY,
        run_id TEXT NOT NULL UNIQUE,
        scenario TEXT NOT NULL,
        as_of TEXT NOT NULL,
        status TEXT NOT NULL,
        engine TEXT NOT NULL,
        objective REAL,
        n_leads INTEGER NOT NULL CHECK (n_leads = n_assigned + n_unassigned),
        n_assigned INTEGER NOT NULL CHECK (n_assigned >= 0),
        n_unassigned INTEGER NOT NULL CHECK (n_unassigned >= 0),
        seed INTEGER NOT NULL
    )
    """,
    """
    CREATE TABLE decisions (
        run INTEGER NOT NULL REFERENCES runs (number),
        lead_id TEXT NOT NULL,
        rep_id TEXT NOT NULL,
        reason TEXT NOT NULL,
        p_convert REAL,
        value REAL,
        arm TEXT NOT NULL,
        propensity REAL,
        created_at TEXT,
        PRIMARY KEY (run, lead_id)
    ) WITHOUT ROWID
    """,
    "CREATE INDEX decisions_of_lead ON decisions (lead_id)",
    f"PRAGMA application_id = {APPLICATION}",
    f"PRAGMA user_version = {VERSION}",
)
"""What makes an empty SQLite file a ledger."""
