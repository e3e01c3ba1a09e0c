"""A ledger in another database: all rows with their numbers, and proof of it."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import Connection, Table, func, insert, select

from ledger.errors import LedgerError
from ledger.frames import Row
from ledger.schema import METADATA

CHUNK = 2_000
"""Rows that are in memory at once."""


@dataclass(frozen=True)
class TableCopy:
    """How a table was copied.

    Attributes
    ----------
    table
        Its name.
    n_rows
        Rows in both.
    digest
        Hash of all rows in both, whatever their order.
    """

    table: str
    n_rows: int
    digest: str


def copy_ledger(source: Connection, target: Connection) -> list[TableCopy]:
    """Return what was copied, table by table, each read again and compared.

    Parameters
    ----------
    source
        One that reads; it sees one moment.
    target
        One that writes, to an empty ledger; nothing is there if this raises.

    Raises
    ------
    LedgerError
        Where the target has rows, or what it gives back is not what it was given.
    """
    for table in METADATA.sorted_tables:
        if target.execute(select(table).limit(1)).first() is not None:
            raise LedgerError(
                f"the other ledger has rows already, of {table.name}; name an empty one"
            )
    given = [_copied(table, source, target) for table in METADATA.sorted_tables]
    for copy in given:
        there = _digested(METADATA.tables[copy.table], target)
        if there != copy:
            raise LedgerError(
                f"the other ledger gives other rows of {copy.table} back "
                f"({there.n_rows:,}) than it was given ({copy.n_rows:,}); nothing was "
                "copied"
            )
    return given


def _copied(table: Table, source: Connection, target: Connection) -> TableCopy:
    total, n_rows = 0, 0
    for rows in _chunks(table, source):
        target.execute(insert(table), rows)
        total, n_rows = total + sum(map(_digest, rows)), n_rows + len(rows)
    if target.dialect.name == "postgresql" and "number" in table.c and n_rows:
        _count_on(table, target)
    return TableCopy(table.name, n_rows, _text(total))


def _count_on(table: Table, target: Connection) -> None:
    """Let the server number the next row after the last one."""
    sequence = func.pg_get_serial_sequence(table.name, "number")
    last = select(func.max(table.c.number)).scalar_subquery()
    target.execute(select(func.setval(sequence, last)))


def _digested(table: Table, connection: Connection) -> TableCopy:
    total, n_rows = 0, 0
    for rows in _chunks(table, connection):
        total, n_rows = total + sum(map(_digest, rows)), n_rows + len(rows)
    return TableCopy(table.name, n_rows, _text(total))


def _chunks(table: Table, connection: Connection) -> Iterator[list[Row]]:
    query = select(table).order_by(*table.primary_key)
    streaming = connection.execution_options(yield_per=CHUNK)
    for rows in streaming.execute(query).mappings().partitions(CHUNK):
        yield [dict(row) for row in rows]


def _digest(row: Row) -> int:
    """Return a hash of a row; those of many are added, so that no order counts."""
    cells = [_plain(cell) for cell in row.values()]
    return int.from_bytes(sha256(repr(cells).encode()).digest())


def _plain(cell: Any) -> Any:
    if isinstance(cell, datetime):
        return cell.astimezone(UTC).isoformat()
    return json.dumps(cell, sort_keys=True) if isinstance(cell, dict) else cell


def _text(total: int) -> str:
    return f"{total % 2**256:064x}"
