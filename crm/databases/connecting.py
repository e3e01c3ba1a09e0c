"""Connections to databases: opened within a time limit, for one transaction."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any

from crm.databases.address import Address
from crm.files import why_unreadable
from crm.issues import DataError, Issue

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection, Engine

LONGEST = 10
"""Seconds until a database has answered; for SQLite, until it is not locked."""
_LIMITS: dict[str, dict[str, Any]] = {
    "psycopg": {
        "connect_timeout": LONGEST,
        "keepalives_idle": 30,
        "keepalives_interval": 10,
        "keepalives_count": 3,
    },
    "psycopg2": {"connect_timeout": LONGEST},
    "pymysql": {"connect_timeout": LONGEST},
    "mysqldb": {"connect_timeout": LONGEST},
}
"""Driver -> how it is told to give up; what the URL says goes over it."""


@contextmanager
def connected(address: Address, *, to_write: bool = False) -> Iterator["Connection"]:
    """Return a connection in one transaction, which is undone if nobody commits it.

    One that is to read sees the database as it is at its first query, and cannot write
    to PostgreSQL and SQLite.

    Raises
    ------
    DataError
        Where the database cannot be reached.
    """
    from sqlalchemy.exc import SQLAlchemyError

    with explained(address, address.shown, "cannot connect"):
        engine = _engine(address, to_write)
        connection = engine.connect()
        _begin(connection, address, to_write)
    try:
        yield connection
    finally:
        with suppress(SQLAlchemyError):
            connection.close()
        engine.dispose()


@contextmanager
def explained(address: Address, place: str, failed: str) -> Iterator[None]:
    """Turn what a database or its driver raises into an error without secrets."""
    from sqlalchemy.exc import SQLAlchemyError

    problem = ""
    try:
        yield
    except (SQLAlchemyError, OSError, ValueError, OverflowError) as error:
        if isinstance(error, DataError):
            raise
        problem = _in_words(error)
    except ImportError as error:
        problem = f"needs its driver: pip install {error.name or 'the driver'}"
        if address.driver == "psycopg":
            problem = 'needs: pip install "rightrep[sql]"'
    if problem:
        message = address.without_secrets(f"{failed}: {problem}")
        raise DataError([Issue(place, message)])


def is_lost(connection: "Connection") -> bool:
    """Tell whether the database has gone away."""
    return connection.closed or connection.invalidated


def _in_words(error: Exception) -> str:
    """Return what the database says, without the lines that repeat the query."""
    said = str(getattr(error, "orig", None) or error).strip()
    lines = [line.strip() for line in said.splitlines()]
    kept = [line for line in lines if line.strip("^ ") and not line.startswith("LINE ")]
    return " ".join(kept) or type(error).__name__


def _engine(address: Address, to_write: bool) -> "Engine":
    from sqlalchemy import create_engine
    from sqlalchemy.pool import NullPool

    if address.path is not None:
        return create_engine("sqlite://", creator=_sqlite(address, to_write))
    url = address.url.set(drivername=f"{address.system}+{address.driver}")
    limits = _LIMITS.get(address.driver, {})
    own = {name: value for name, value in limits.items() if name not in url.query}
    return create_engine(url, poolclass=NullPool, connect_args=own)


def _sqlite(address: Address, to_write: bool) -> Any:
    """Return what opens a file that exists; a missing one is never made."""
    path = address.path
    if path is None or not address.url.database:
        raise DataError(
            [Issue(address.shown, "names no file, as sqlite:///crm.db does")]
        )
    if problem := why_unreadable(path):
        raise DataError([Issue(address.shown, problem)])
    name = f"{path.absolute().as_uri()}?mode={'rw' if to_write else 'ro'}"
    return lambda: sqlite3.connect(
        name, timeout=LONGEST, isolation_level=None, uri=True
    )


def _begin(connection: "Connection", address: Address, to_write: bool) -> None:
    if address.system == "sqlite":
        if not to_write:
            connection.exec_driver_sql("PRAGMA query_only = ON")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if to_write else "BEGIN")
    elif address.system == "postgresql" and not to_write:
        connection.execution_options(
            isolation_level="REPEATABLE READ", postgresql_readonly=True
        )
        connection.begin()
