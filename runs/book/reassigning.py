"""A rep's whole open book distributed again: only these leads move."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from crm import DataError, Issue
from ledger.events import Event
from ledger.ownership import current_of, hand_over
from ledger.people.book import BOOK, book_of
from ledger.people.locks import LOCKS, locks
from runs.book.book_day import BookDay, book_day
from runs.book.deed import Deed
from runs.book.roster import Roster, staff
from runs.company.company import Company
from runs.morning.owned_leads import active_reps
from runs.prepared.prepared import prepare
from runs.prepared.stages import Stage, silent

REASSIGNED = "reassigned"
NOWHERE = BookDay(
    pd.DataFrame(columns=["lead_id", "rep_id", "p_convert", "value"]),
    pd.DataFrame(columns=["lead_id", "reason", "detail"]),
)


@dataclass(frozen=True, eq=False)
class Reassignment:
    """What becomes of a book.

    Attributes
    ----------
    rep_id
        Whose book it is.
    day
        Where its leads go.
    queues
        Whether leads that nobody can take leave the rep, and come again in the next
        run; with an experiment, no lead comes again, so they stay.
    locked
        Leads that stay, since a person gave them to the rep: as
        :data:`ledger.people.locks.LOCKS`.
    started
        Lead -> since when the rep has it.
    """

    rep_id: str
    day: BookDay
    queues: bool
    locked: pd.DataFrame
    started: dict[str, pd.Timestamp]

    @property
    def needs_a_person(self) -> bool:
        """Whether leads are locked, or without a rep."""
        return len(self.locked) + len(self.day.unplaced) > 0


def reassignment(
    company: Company,
    rep_id: str,
    deed: Deed,
    to: Collection[str] = (),
    model: Path | None = None,
    *,
    ignore_capacity: bool = False,
    with_locked: bool = False,
    stage: Stage = silent,
) -> Reassignment:
    """Return what becomes of a rep's open book; nothing is changed yet.

    Parameters
    ----------
    to
        The reps who may get the leads; by default all others.
    with_locked
        Whether leads go, too, that a person gave to the rep.

    Raises
    ------
    DataError, ScenarioError, ModelFileError
        With every rep who is unknown, or not active, and what is wrong in the input.
    """
    people = staff(company, deed.moment)
    book = company.ledger.asked(book_of(rep_id), BOOK)
    if issues := [*_issues(people, rep_id, to, has_book=len(book) > 0)]:
        raise DataError(issues)
    held = company.ledger.asked(locks(), LOCKS).drop_duplicates("lead_id", keep="last")
    locked = held[held["lead_id"].isin(book["lead_id"]) & (not with_locked)]
    free = book[~book["lead_id"].isin(locked["lead_id"])]
    started = dict(zip(free["lead_id"], free["started_at"], strict=True))
    day, queues = NOWHERE, True
    if len(free):
        takers = set(to or active_reps(people.crm)) - {rep_id}
        prepared = prepare(company.file.path, stage=stage, as_of=deed.moment)
        queues = prepared.file.scenario.experiment is None
        day = book_day(
            prepared,
            company.ledger,
            free,
            takers,
            model,
            ignore_capacity=ignore_capacity,
            stage=stage,
        )
    return Reassignment(rep_id, day, queues, locked, started)


def reassign(company: Company, made: Reassignment, deed: Deed) -> list[str]:
    """Change the owners; return the leads that changed hands meanwhile, left alone."""
    wanted = dict(
        zip(made.day.placed["lead_id"], made.day.placed["rep_id"], strict=True)
    )
    if made.queues:
        wanted |= dict.fromkeys(made.day.unplaced["lead_id"], "")
    with company.ledger.writing() as connection:
        now = current_of(connection, [*wanted])
        owner = {lead: row["rep_id"] if row else "" for lead, row in now.items()}
        still = [lead for lead in wanted if owner[lead] == made.rep_id]
        hand_over(
            connection, [_event(made, lead, wanted[lead], deed) for lead in still]
        )
    return [lead for lead in wanted if lead not in set(still)]


def _event(made: Reassignment, lead_id: str, rep_id: str, deed: Deed) -> Event:
    return Event(
        REASSIGNED,
        deed.at(made.started[lead_id]),
        deed.actor,
        lead_id,
        rep_id,
        other=made.rep_id,
        reason=deed.reason or f"the book of {made.rep_id}",
    )


def _issues(
    people: Roster, rep_id: str, to: Collection[str], *, has_book: bool
) -> Iterator[Issue]:
    """Yield each rep who cannot be meant."""
    if not has_book:
        yield from people.unknown([rep_id], "--from")
    yield from people.unknown(to, "--to")
    yield from people.gone(to, "--to")
    if rep_id in to:
        text = "the leads are this rep's own; name others"
        yield Issue("--to", text, column="rep_id", value=rep_id)
    for absent in people.absent(to):
        yield Issue("--to", f"{absent} is not at work, so gets no lead; leave it out")
