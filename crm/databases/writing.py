"""Owners written back to a database: all or nothing, over no change of others."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from crm.databases.address import Address
from crm.databases.connecting import connected, explained
from crm.databases.owner_table import OwnerTable, owners_now, text_of, value_of
from crm.issues import DataError, Issue

if TYPE_CHECKING:
    from sqlalchemy import Column
    from sqlalchemy.engine import Connection

PATIENCE = "SET LOCAL lock_timeout = '10s'"


@dataclass(frozen=True)
class OwnerChange:
    """A lead that gets another owner; `before` is empty where it had none."""

    lead_id: str
    before: str
    after: str


@dataclass
class WriteBack:
    """What became of the changes.

    Attributes
    ----------
    statement
        The statement that changes one lead.
    written
        Leads that have the new owner now; of a dry run, that would have.
    already
        Leads that had the new owner.
    moved
        Lead -> its owner now, where that is neither the one before nor the new one.
    missing
        Leads that the table does not have.
    """

    statement: str = ""
    written: list[str] = field(default_factory=list)
    already: list[str] = field(default_factory=list)
    moved: dict[str, str] = field(default_factory=dict)
    missing: list[str] = field(default_factory=list)

    @property
    def is_whole(self) -> bool:
        """Whether every lead has its new owner."""
        return not (self.moved or self.missing)


def write_owners(
    address: Address,
    target: OwnerTable,
    changes: Sequence[OwnerChange],
    *,
    dry_run: bool = False,
) -> WriteBack:
    """Return what became of the changes, all written in one transaction.

    A lead whose owner is no longer the one before is left alone.

    Raises
    ------
    DataError
        Where the database or the table does not take them; nothing is written then.
    """
    failed = "nothing was written; the database says"
    with connected(address, to_write=not dry_run) as connection:
        with explained(address, target.table, failed):
            if address.system == "postgresql" and not dry_run:
                connection.exec_driver_sql(PATIENCE)
            id_column, owner = target.columns(connection)
            _refuse_other_types(owner, changes)
            outcome = _written(connection, id_column, owner, changes, dry_run)
        if outcome.written and not dry_run:
            unsure = "it failed to commit; call again, which tells what is written"
            with explained(address, target.table, unsure):
                connection.commit()
    return outcome


def _written(
    connection: "Connection",
    id_column: "Column[Any]",
    owner: "Column[Any]",
    changes: Sequence[OwnerChange],
    dry_run: bool,
) -> WriteBack:
    from sqlalchemy import bindparam, update

    statement = update(owner.table).values({owner.name: bindparam("after")})
    statement = statement.where(
        id_column == bindparam("lead"), owner.is_not_distinct_from(bindparam("before"))
    )
    outcome = WriteBack(" ".join(str(statement).split()))
    lead_ids = [change.lead_id for change in changes]
    now = owners_now(connection, id_column, owner, lead_ids, to_write=not dry_run)
    for change in changes:
        lead_id = text_of(value_of(id_column, change.lead_id))
        key, value = now.get(lead_id, (None, None))
        held = text_of(value)
        if key is None:
            outcome.missing.append(change.lead_id)
        elif held == change.after:
            outcome.already.append(change.lead_id)
        elif held != change.before:
            outcome.moved[change.lead_id] = held
        else:
            after = value_of(owner, change.after)
            given = {"lead": key, "before": value, "after": after}
            if dry_run or connection.execute(statement, given).rowcount == 1:
                outcome.written.append(change.lead_id)
            else:
                outcome.moved[change.lead_id] = ""
    return outcome


def _refuse_other_types(owner: "Column[Any]", changes: Sequence[OwnerChange]) -> None:
    """Raise for owners that the column's type does not hold."""
    afters = dict.fromkeys(change.after for change in changes)
    expected = (
        f"expected an owner that the type {owner.type} holds; name the column of the "
        "reps that has them, with --owner-from"
    )
    issues = [
        Issue(str(owner.table), expected, column=owner.name, value=after)
        for after in afters
        if value_of(owner, after) is None
    ]
    if issues:
        raise DataError(issues)
