"""A company's ledger moved to another database, or saved as a file."""

from pathlib import Path
from typing import TYPE_CHECKING

from crm.database_url import VARIABLE
from ledger import Ledger, LedgerError
from ledger.care.backup import back_up
from ledger.care.copying import TableCopy, copy_ledger
from ledger.database import file_of
from ledger.errors import place_text

if TYPE_CHECKING:
    from crm.databases.address import Address

PG_DUMP = 'pg_dump --format=custom --file={file} "$LEDGER_URL"'


def backed_up(ledger: Ledger, target: Path) -> int:
    """Return the bytes of a copy of the ledger's file, which may be in use.

    Raises
    ------
    LedgerError
        Where the ledger is on a server, which has its own program for that.
    """
    source = file_of(ledger.place)
    if source is None:
        program = PG_DUMP.format(file=target)
        raise LedgerError(f"the ledger {ledger.name} is on a server: use {program}")
    return back_up(source, target)


def copied(ledger: Ledger, to: str) -> tuple[str, list[TableCopy]]:
    """Return the name of another ledger that now holds the same, and what it holds.

    Parameters
    ----------
    to
        A new file, or the URL of an empty database, such as ``${LEDGER_URL}``.

    Raises
    ------
    LedgerError
        Where the other ledger is not empty, or cannot take it: then it has no row.
    """
    place = place_of(to)
    if _is_same(place, ledger.place):
        raise LedgerError(f"the ledger {ledger.name} would be copied into itself")
    with (
        Ledger(place) as target,
        target.writing() as writes,
        ledger.reading() as reads,
    ):
        return target.name, copy_ledger(reads, writes)


def _is_same(place: "Path | Address", other: "Path | Address") -> bool:
    files = file_of(place), file_of(other)
    if None not in files:
        return len({file.absolute() for file in files if file}) == 1
    return place_text(place) == place_text(other)


def place_of(named: str) -> "Path | Address":
    """Return the file or database that an option names."""
    if "://" in named or VARIABLE.search(named):
        from crm.databases.address import address_of

        return address_of(named, Path.cwd(), "--to")
    return Path(named)
