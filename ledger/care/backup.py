"""A copy of a ledger's file while runs may write to it: SQLite's own backup."""

import os
import sqlite3
from contextlib import closing
from pathlib import Path

from ledger.database import PATIENCE, make_private
from ledger.errors import LedgerError, explained

STEP = 2_000
"""Pages that are copied at once; a run may write between two steps."""


def back_up(source: Path, target: Path) -> int:
    """Write a copy of a ledger as of one moment, whole or not at all; return its bytes.

    Only its user can read it. Every page of the copy has been looked at.

    Raises
    ------
    LedgerError
        Where the source is damaged, or the target is there already or cannot be
        written.
    """
    if os.path.exists(target):
        raise LedgerError(f"the file {target} is there already; name a new one")
    part = target.with_name(f".{target.name}.{os.getpid()}.part")
    part.unlink(missing_ok=True)
    try:
        with explained(target):
            make_private(part)
            _copy(source, part)
            # A link, unlike a rename, replaces nobody's file.
            os.link(part, target)
    except sqlite3.Error as error:
        raise LedgerError(f"the backup {target} cannot be made ({error})") from error
    finally:
        part.unlink(missing_ok=True)
    return target.stat().st_size


def _copy(source: Path, part: Path) -> None:
    # The way to open it that makes no file where there is none.
    address = f"{source.absolute().as_uri()}?mode=ro"
    with (
        closing(sqlite3.connect(address, uri=True, timeout=PATIENCE)) as original,
        closing(sqlite3.connect(part, timeout=PATIENCE)) as copy,
    ):
        original.backup(copy, pages=STEP)
        fault = str(copy.execute("PRAGMA integrity_check(1)").fetchone()[0])
    if fault != "ok":
        raise LedgerError(f"the ledger {source} is damaged: {fault}")
