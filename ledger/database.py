"""Connections to the database of a ledger: an SQLite file, or a server's by URL."""

from contextlib import suppress
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlalchemy.pool import NullPool

from crm.databases.address import Address

PATIENCE = 10.0
"""Seconds to wait for another run that is writing."""
WRITES = "writes"
"""Execution option of a connection that is going to write."""
PRIVATE = 0o600
_LOCK = int.from_bytes(b"LEAD")
_SETTINGS = (
    "PRAGMA foreign_keys = ON",
    "PRAGMA journal_mode = DELETE",
    "PRAGMA synchronous = EXTRA",
    "PRAGMA cell_size_check = ON",
    "PRAGMA cache_size = -65536",
)


def engine_of(place: Path | Address) -> Engine:
    """Return the engine of a database, to which nothing is connected yet.

    Parameters
    ----------
    place
        An SQLite file, or the address of a database.
    """
    path = file_of(place)
    if path is None:
        assert isinstance(place, Address)
        url = place.url.set(drivername=f"{place.system}+{place.driver}")
        engine = create_engine(url, poolclass=NullPool)
    else:
        url = URL.create("sqlite", database=str(path.absolute()))
        patience: dict[str, Any] = {"timeout": PATIENCE}
        engine = create_engine(url, poolclass=NullPool, connect_args=patience)
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _on_connect)
        event.listen(engine, "begin", _on_begin)
    return engine


def file_of(place: Path | Address) -> Path | None:
    """Return the SQLite file of a ledger, None of one on a server."""
    return place.path if isinstance(place, Address) else place


def make_private(place: Path | Address) -> None:
    """Make a missing file that only its user can read; one that is there stays so.

    What SQLite makes beside it has its rights. Why a file cannot be made is told by
    who opens it.
    """
    path = file_of(place)
    if path is not None:
        with suppress(OSError):
            path.touch(PRIVATE, exist_ok=False)
            path.chmod(PRIVATE)


def writing(connection: Connection) -> Connection:
    """Return the connection as one whose transactions write, one after the other.

    Who begins such a transaction waits for others to end theirs.
    """
    return connection.execution_options(**{WRITES: True})


def wait_in_line(connection: Connection) -> None:
    """Wait, on a server, until no other run is writing; a file's lock is its own."""
    if connection.dialect.name == "postgresql":
        milliseconds = int(1000 * PATIENCE)
        connection.exec_driver_sql(f"SET LOCAL lock_timeout = {milliseconds}")
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_LOCK})")


def _on_connect(connection: Any, _: Any) -> None:
    # SQLite's driver would begin transactions by itself, but none around DDL.
    connection.isolation_level = None
    for setting in _SETTINGS:
        connection.execute(setting)


def _on_begin(connection: Connection) -> None:
    writes = connection.get_execution_options().get(WRITES, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
