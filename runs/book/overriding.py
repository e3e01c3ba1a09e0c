"""Overrides: a person's decision who owns a lead, which later runs keep."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

import pandas as pd
from sqlalchemy import Connection

from crm import DataError, Issue
from ledger.closed_leads import closed_among
from ledger.events import Event
from ledger.ownership import current_of, hand_over
from ledger.ownership import known as known_leads
from ledger.people.book import BOOK, leads_query
from ledger.people.locks import OVERRIDDEN, locks
from runs.book.broken_rules import broken_rules
from runs.book.deed import Deed
from runs.book.roster import Roster, staff
from runs.company.company import Company
from runs.company.unknown_leads import unknown_lead


@dataclass(frozen=True)
class Wish:
    """A lead that a person wants a rep to have; `row` of a file that says so."""

    lead_id: str
    rep_id: str
    row: int | None = None


@dataclass(frozen=True)
class Override:
    """What became of a wish.

    Attributes
    ----------
    lead_id, rep_id, before
        The lead, its rep, and the rep before; empty for none.
    is_new
        Whether it is an override; else the rep had the lead by one already.
    outside
        Hard rules that do not allow this rep.
    """

    lead_id: str
    rep_id: str
    before: str
    is_new: bool
    outside: tuple[str, ...] = ()


@dataclass(frozen=True)
class Overrides:
    """What became of all wishes.

    Attributes
    ----------
    made
        One each, in their order.
    absent
        Reps among them who are not at work, each with why.
    unseen
        Rules that could not be looked at.
    closed
        Leads that are won or lost, and stay so.
    """

    made: tuple[Override, ...]
    absent: tuple[str, ...] = ()
    unseen: tuple[str, ...] = ()
    closed: tuple[str, ...] = ()


def override(
    company: Company,
    wishes: Sequence[Wish],
    deed: Deed,
    file: str = "override",
    faults: Sequence[Issue] = (),
) -> Overrides:
    """Give leads to the reps that a person wants, all of them or none.

    Parameters
    ----------
    file
        What messages call the place that the wishes stand in.
    faults
        What is known to be wrong there.

    Raises
    ------
    DataError
        With every lead and rep that is unknown, and every rep who is not active.
    """
    people = staff(company, deed.moment)
    with company.ledger.reading() as connection:
        issues = [*faults, *_issues(connection, wishes, people, file)]
    if issues:
        raise DataError(sorted(issues, key=lambda issue: issue.row or 0))
    owner = {wish.lead_id: wish.rep_id for wish in wishes}
    known = leads_of(company, [*owner])
    outside, unseen = broken_rules(company.file.scenario, people, known, owner)
    with company.ledger.writing() as connection:
        done = _write(connection, wishes, deed)
        closed = tuple(connection.scalars(closed_among([*owner])))
    made = tuple(
        Override(w.lead_id, w.rep_id, before, new, tuple(outside.get(w.lead_id, ())))
        for w, (before, new) in zip(wishes, done, strict=True)
    )
    absent = people.absent(one.rep_id for one in made if one.is_new)
    return Overrides(made, tuple(absent), tuple(unseen), closed)


def leads_of(company: Company, lead_ids: Sequence[str]) -> pd.DataFrame:
    """Return what is known of these leads, as :data:`ledger.people.book.BOOK`."""
    return company.ledger.asked(leads_query(lead_ids), BOOK)


def _issues(
    connection: Connection, wishes: Sequence[Wish], people: Roster, file: str
) -> Iterator[Issue]:
    """Yield every lead and rep that cannot be meant, at its row."""
    met = known_leads(connection, [wish.lead_id for wish in wishes])
    for wish in wishes:
        found = [
            *people.unknown([wish.rep_id], file),
            *people.gone([wish.rep_id], file),
        ]
        if wish.lead_id not in met:
            found.append(unknown_lead(connection, wish.lead_id, file, "lead_id"))
        for issue in found:
            yield _at(issue, wish.row)


def _at(issue: Issue, row: int | None) -> Issue:
    return Issue(issue.file, issue.expected, row, issue.column, issue.value)


def _write(
    connection: Connection, wishes: Sequence[Wish], deed: Deed
) -> list[tuple[str, bool]]:
    """Add what is new; return of each wish the rep before, and whether it is new."""
    now = current_of(connection, [wish.lead_id for wish in wishes])
    held = {row.lead_id: row.rep_id for row in connection.execute(locks())}
    done, new = [], []
    for wish in wishes:
        current = now[wish.lead_id] or {"rep_id": "", "started_at": None}
        before, started = str(current["rep_id"]), current["started_at"]
        is_new = held.get(wish.lead_id) != wish.rep_id
        done.append((before, is_new))
        if is_new:
            refuse_earlier(wish.lead_id, before, started, deed)
            new.append(_event(wish, deed, before, started))
    hand_over(connection, new)
    return done


def refuse_earlier(
    lead_id: str, rep_id: str, started: datetime | None, deed: Deed
) -> None:
    """Raise where a lead would change hands before its owner had it."""
    if started is not None and deed.at(started) < started:
        text = f"{rep_id} owns this lead since {started:%Y-%m-%d %H:%M:%S} UTC only"
        raise DataError([Issue("--at", text, column="lead_id", value=lead_id)])


def _event(wish: Wish, deed: Deed, before: str, started: datetime | None) -> Event:
    return Event(
        OVERRIDDEN,
        deed.at(started),
        deed.actor,
        wish.lead_id,
        wish.rep_id,
        other=before,
        reason=deed.reason,
    )
