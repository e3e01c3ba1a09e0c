"""The table of a database that says whose a lead is, and its values by text."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any
from uuid import UUID

from crm.characters import cleaned
from crm.databases.values import cell_of
from crm.issues import DataError, Issue, suggestion

if TYPE_CHECKING:
    from sqlalchemy import Column, Table
    from sqlalchemy.engine import Connection

CHUNK = 500
"""Ids in one query."""


@dataclass(frozen=True)
class OwnerTable:
    """Where a database keeps whose a lead is.

    Attributes
    ----------
    table
        The table, with its schema before a dot where it has one.
    id, owner
        Its columns.
    """

    table: str
    id: str
    owner: str

    def columns(self, connection: "Connection") -> tuple["Column[Any]", "Column[Any]"]:
        """Return the columns of ids and owners, with the types that they have.

        Raises
        ------
        DataError
            Where the table or a column does not exist.
        """
        table = self._reflected(connection)
        names = [column.name for column in table.columns]
        issues = [
            Issue(self.table, f"no such column{suggestion(name, names)}", column=name)
            for name in (self.id, self.owner)
            if name not in names
        ]
        if issues:
            raise DataError(issues)
        return table.c[self.id], table.c[self.owner]

    def _reflected(self, connection: "Connection") -> "Table":
        from sqlalchemy import MetaData, Table, inspect
        from sqlalchemy.exc import NoSuchTableError

        schema, _, name = self.table.rpartition(".")
        try:
            return Table(
                name, MetaData(), schema=schema or None, autoload_with=connection
            )
        except NoSuchTableError:
            inspector = inspect(connection)
            names = [
                *inspector.get_table_names(schema or None),
                *inspector.get_view_names(schema or None),
            ]
            near = suggestion(name, names)
            problem = f"the database has no such table{near}"
            raise DataError([Issue(self.table, problem)]) from None


def value_of(column: "Column[Any]", text: str) -> Any:
    """Return the value that a text cell is in a column of this type; None if none."""
    try:
        kind = column.type.python_type
    except NotImplementedError:
        kind = str
    read = _READ.get(kind)
    return None if read is None or text == "" else read(text)


def owners_now(
    connection: "Connection",
    id_column: "Column[Any]",
    owner: "Column[Any]",
    lead_ids: Sequence[str],
    *,
    to_write: bool,
) -> dict[str, tuple[Any, Any]]:
    """Return the text of each id found -> id and owner, locked if `to_write`.

    Raises
    ------
    DataError
        Where an id names two rows.
    """
    from sqlalchemy import select

    found: dict[str, tuple[Any, Any]] = {}
    twice: list[str] = []
    values = [value_of(id_column, lead_id) for lead_id in sorted(lead_ids)]
    known = [value for value in values if value is not None]
    for start in range(0, len(known), CHUNK):
        chosen = id_column.in_(known[start : start + CHUNK])
        query = select(id_column, owner).where(chosen).order_by(id_column)
        query = query.with_for_update() if to_write else query
        for key, value in connection.execute(query):
            lead_id = text_of(key)
            twice += [lead_id] if lead_id in found else []
            found[lead_id] = key, value
    if twice:
        problem = "names several rows; nothing was written. Name a column of ids"
        raise DataError(
            Issue(str(id_column.table), problem, column=id_column.name, value=lead_id)
            for lead_id in dict.fromkeys(twice)
        )
    return found


def text_of(value: Any) -> str:
    """Return a value as the cell that reading makes of it."""
    return cleaned(cell_of(value))


def _whole(text: str) -> int | None:
    is_whole = text.removeprefix("-").isdecimal()
    return int(text) if is_whole and str(int(text)) == text else None


def _decimal(text: str) -> Decimal | None:
    return Decimal(text) if text.replace(".", "", 1).isdecimal() else None


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


_READ: dict[type, Callable[[str], Any]] = {
    str: str,
    int: _whole,
    Decimal: _decimal,
    UUID: _uuid,
}
