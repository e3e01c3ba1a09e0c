"""From where a run sees the ledger, where that is not simply now."""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, FromClause, func


@dataclass(frozen=True)
class Redone:
    """What a run sees that takes the place of another one.

    All that was done until it was made, by people since the void run as well; and not
    what the void run did.

    Attributes
    ----------
    number
        Its own, or the one that it will have.
    void
        Number of the run that is void.
    """

    number: int
    void: int


Before = int | Redone
"""Number of a run that is made again: as things were when it was made. Or a day
redone."""


def number_of(before: Before) -> int:
    """Return the number of the run that sees the ledger."""
    return before.number if isinstance(before, Redone) else before


def void_of(before: Before | None) -> int | None:
    """Return the number of the run that it makes void, if any."""
    return before.void if isinstance(before, Redone) else None


def is_before(
    run: ColumnElement, after_run: ColumnElement, before: Before
) -> ColumnElement[bool]:
    """Tell whether a run or a person did it before a run began."""
    done = func.coalesce(run, after_run, 0) < number_of(before)
    void = void_of(before)
    return done if void is None else done & (func.coalesce(run, 0) != void)


def happened(table: FromClause, before: Before | None) -> list[ColumnElement[bool]]:
    """Return what makes an event one of before a run; nothing for all of them."""
    if before is None:
        return []
    return [is_before(table.c.run, table.c.after_run, before)]
