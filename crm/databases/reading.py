"""Queries read as tables: all of one database at one moment, and without writing."""

import hashlib
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

import numpy as np

from crm.data import QueryRecord
from crm.databases.address import Address, address_of
from crm.databases.connecting import connected, explained, is_lost
from crm.databases.values import NoCellError, TextColumn
from crm.file_form import FileForm
from crm.formats import writable
from crm.formats.appearance import as_it_looks
from crm.issues import DataError, Issue
from crm.query import Query
from crm.table import Table, column_names, text_frame

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection, CursorResult

READ_ONLY = {"psycopg", "pysqlite"}
"""Drivers whose transactions are made read-only, and read one moment."""
_BLOCK = 20_000


def headless(issue: Issue) -> Issue:
    """Return an issue of a whole column without the row of a header.

    The first row of a result is row 1, where that of a file is its header.
    """
    is_header = issue.row == 1 and issue.value is None
    return replace(issue, row=None) if is_header and _is_result(issue) else issue


def _is_result(issue: Issue) -> bool:
    return issue.file.startswith("data.") and issue.file.endswith(".sql")


@dataclass
class _Session:
    """A connection, and why it is of no use any more."""

    connection: "Connection"
    lost: tuple[Issue, ...] = ()


class Databases:
    """The databases that sources name, each read in one transaction.

    Parameters
    ----------
    folder
        The folder that names of SQLite files are relative to.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.records: dict[str, QueryRecord] = {}
        self._sessions: dict[Any, _Session | DataError] = {}
        self._open = ExitStack()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._open.close()

    def table(self, name: str, query: Query) -> Table:
        """Return the result of a query as text cells; its first row is row 1.

        Parameters
        ----------
        name
            The table of ours that it is read as.
        query
            The query and its database.

        Raises
        ------
        DataError
            Where the database cannot be reached or the query fails.
        """
        sql, url, place = query.sql or "", query.url or "", f"data.{name}.sql"
        address = address_of(url, self.folder, f"data.{name}.url")
        session, statement = self._session(address), query.statement or ""
        try:
            table, digest = _result(session.connection, address, place, statement)
        except DataError as error:
            if is_lost(session.connection):
                session.lost = error.issues
            raise
        self.records[name] = QueryRecord(sql, address.shown, len(table.rows), digest)
        table = as_it_looks(writable(table))
        return replace(table, notes=(*table.notes, *_freedoms(address)))

    def _session(self, address: Address) -> _Session:
        if address.url not in self._sessions:
            try:
                connection = self._open.enter_context(connected(address))
                self._sessions[address.url] = _Session(connection)
            except DataError as error:
                self._sessions[address.url] = error
        session = self._sessions[address.url]
        if isinstance(session, DataError):
            raise session
        if session.lost:
            raise DataError(session.lost)
        return session


def _result(
    connection: "Connection", address: Address, place: str, statement: str
) -> tuple[Table, str]:
    options = {"stream_results": True, "no_parameters": True, "yield_per": _BLOCK}
    with (
        explained(address, place, "the database says"),
        _undone(connection, address),
        closing(
            connection.exec_driver_sql(statement, execution_options=options)
        ) as rows,
    ):
        names = list(map(str, rows.keys()))
        columns = [TextColumn() for _ in names]
        digests = _read(rows, place, names, columns)
    try:
        ours = column_names(place, names)
    except DataError as error:
        raise DataError(replace(issue, row=None) for issue in error.issues) from None
    frame = text_frame(ours, [column.cells for column in columns])
    digest = hashlib.sha256("\0".join(names).encode())
    digest.update(b"".join(sorted(digests)))
    numbers = np.arange(1, len(digests) + 1, dtype=np.int64)
    numeric = {
        our: column.are_numbers for our, column in zip(ours, columns, strict=True)
    }
    form = FileForm("database")
    table = Table(place, frame, numbers, numeric=numeric, form=form)
    return table, digest.hexdigest()


def _freedoms(address: Address) -> Iterator[Issue]:
    """Yield a warning where the driver is not known to read one moment only."""
    if address.driver not in READ_ONLY:
        message = (
            f"transactions of {address.system} by {address.driver} may not be "
            "read-only, and tables may be of different moments: use a user who may "
            "only read"
        )
        yield Issue(address.shown, message, severity="warning")


@contextmanager
def _undone(connection: "Connection", address: Address) -> Iterator[None]:
    """Let a query that fails leave the transaction as it was."""
    if address.system != "postgresql":
        yield
        return
    with connection.begin_nested():
        yield


def _read(
    result: "CursorResult[Any]", place: str, names: list[str], columns: list[TextColumn]
) -> list[bytes]:
    """Fill the columns, and return the sha256 of each row."""
    digests: list[bytes] = []
    for block in result.partitions(_BLOCK):
        texts = [
            _added(column, place, name, values)
            for column, name, values in zip(
                columns, names, zip(*block, strict=True), strict=True
            )
        ]
        rows = ("\0".join(row) for row in zip(*texts, strict=True))
        digests += [hashlib.sha256(row.encode()).digest() for row in rows]
    return digests


def _added(
    column: TextColumn, place: str, name: str, values: tuple[Any, ...]
) -> list[str]:
    try:
        return column.add(values)
    except NoCellError as problem:
        row = len(column.cells) + 1
        told = Issue(place, str(problem), row, name, problem.value)
        raise DataError([told]) from None
