"""Errors of ledgers, and how to mend them."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlalchemy.exc import SQLAlchemyError

    from crm.databases.address import Address

NO_LEDGER = "is not a ledger; name a new file, or one that rightrep has made"

_REASONS = {
    sqlite3.SQLITE_NOTADB: NO_LEDGER,
    sqlite3.SQLITE_CORRUPT: "is damaged; restore it from a backup, or name a new file",
    sqlite3.SQLITE_BUSY: "is in use by another program; try again when that is done",
    sqlite3.SQLITE_READONLY: "cannot be written; check the rights of file and folder",
    sqlite3.SQLITE_CANTOPEN: "cannot be opened or made; check that its folder exists, "
    "that it is a file, and the rights of both",
    sqlite3.SQLITE_FULL: "cannot grow; free some space on the disk",
    sqlite3.SQLITE_IOERR: "cannot be read or written; check the disk",
    sqlite3.SQLITE_CONSTRAINT: "refuses the run, which contradicts itself",
}
_STATES = {
    "55P03": _REASONS[sqlite3.SQLITE_BUSY],
    "53100": _REASONS[sqlite3.SQLITE_FULL],
    "25006": "cannot be written; its database is read-only",
    "42501": "cannot be used by this user; grant the rights",
}
"""SQLSTATE of a server -> what is wrong."""


class LedgerError(ValueError):
    """The ledger cannot be used; the message says why, and how to mend it."""


@contextmanager
def explained(place: "Path | Address") -> Iterator[None]:
    """Raise a database's errors as :class:`LedgerError`.

    Parameters
    ----------
    place
        The ledger, named in the message without anything secret.
    """
    from sqlalchemy.exc import SQLAlchemyError

    try:
        yield
    except LedgerError as error:
        name = place_text(place)
        if str(error).startswith((name, "run ", "the ")):
            raise
        raise LedgerError(f"{name} {error}") from error
    except SQLAlchemyError as error:
        text = f"{place_text(place)} {_reason(error)}"
        if isinstance(place, Path):
            raise LedgerError(text) from error
        raise LedgerError(place.without_secrets(text)) from None


def place_text(place: "Path | Address") -> str:
    """Return the ledger's file, or its address without user and password."""
    return str(place) if isinstance(place, Path) else place.shown


def _reason(error: "SQLAlchemyError") -> str:
    from sqlalchemy.exc import DBAPIError, OperationalError

    cause = error.orig if isinstance(error, DBAPIError) else None
    if cause is None:
        return f"cannot be used ({error})"
    if state := getattr(cause, "sqlstate", None):
        reason = _STATES.get(state, "cannot be used")
    elif isinstance(error, OperationalError) and not isinstance(cause, sqlite3.Error):
        return "cannot be reached; check its URL and that the server runs"
    else:
        # Extended codes keep the primary one in their lowest byte.
        primary = getattr(cause, "sqlite_errorcode", 0) & 0xFF
        reason = _REASONS.get(primary, "cannot be used")
    first = (str(cause).splitlines() or [""])[0]
    return f"{reason} ({first})"
