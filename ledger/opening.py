"""Opening the file of a ledger, or making a new one."""

import sqlite3
from pathlib import Path

from ledger.errors import NO_LEDGER, LedgerError
from ledger.tables import APPLICATION, STATEMENTS, VERSION

PATIENCE = 10.0
"""Seconds to wait for another run that is writing."""

_SETTINGS = (
    "PRAGMA foreign_keys = ON",
    "PRAGMA journal_mode = DELETE",
    "PRAGMA synchronous = EXTRA",
)


def connect(path: Path) -> sqlite3.Connection:
    """Return a connection to a ledger, in which no transaction is open.

    Parameters
    ----------
    path
        The file; made where it is missing.

    Raises
    ------
    LedgerError
        Where the file is no ledger, or one of a newer version.
    sqlite3.Error
        Where SQLite cannot use the file.
    """
    connection = sqlite3.connect(
        path.absolute(), timeout=PATIENCE, isolation_level=None
    )
    try:
        for setting in _SETTINGS:
            connection.execute(setting)
        if _is_empty(connection):
            _fill(connection)
        _check(connection, path)
    except BaseException:
        connection.close()
        raise
    return connection


def _is_empty(connection: sqlite3.Connection) -> bool:
    tables = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    return tables == (0,) and _pragma(connection, "user_version") == 0


def _fill(connection: sqlite3.Connection) -> None:
    with connection:
        connection.execute("BEGIN IMMEDIATE")
        # Another process may have been first.
        if _is_empty(connection):
            for statement in STATEMENTS:
                connection.execute(statement)


def _check(connection: sqlite3.Connection, path: Path) -> None:
    if _pragma(connection, "application_id") != APPLICATION:
        raise LedgerError(f"{path} {NO_LEDGER}")
    version = _pragma(connection, "user_version")
    if version > VERSION:
        raise LedgerError(
            f"{path} was made by a newer rightrep (ledger version {version}, this one "
            f"knows {VERSION}); upgrade rightrep"
        )


def _pragma(connection: sqlite3.Connection, name: str) -> int:
    return int(connection.execute(f"PRAGMA {name}").fetchone()[0])
