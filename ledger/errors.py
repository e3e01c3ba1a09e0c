"""Errors of ledgers, and how to mend them."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

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


class LedgerError(ValueError):
    """The ledger cannot be used; the message says why, and how to mend it."""


@contextmanager
def explained(path: Path) -> Iterator[None]:
    """Raise SQLite's errors as :class:`LedgerError`.

    Parameters
    ----------
    path
        The ledger's file, named in the message.
    """
    try:
        yield
    except sqlite3.Error as error:
        raise LedgerError(f"{path} {_reason(error)}") from error


def _reason(error: sqlite3.Error) -> str:
    # Extended codes keep the primary one in their lowest byte.
    primary = getattr(error, "sqlite_errorcode", 0) & 0xFF
    return f"{_REASONS.get(primary, 'cannot be used')} ({error})"
