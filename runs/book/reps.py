"""What people say of reps: facts of their days, and switches with effect at once."""

from collections.abc import Callable
from datetime import datetime

import pandas as pd
from sqlalchemy import Connection

from crm import DataError, Issue
from ledger.events import Event, add_events
from ledger.people.rep_facts import FACTS, RepFact, add_fact, facts_query, void_fact
from ledger.people.switches import OFF, ON, SWITCHES, switched_off
from runs.book.deed import Deed
from runs.book.roster import staff
from runs.company.company import Company


def say_fact(company: Company, fact: RepFact, deed: Deed) -> bool:
    """Add a fact of a rep's days; return whether it is new.

    Raises
    ------
    DataError
        Where the rep is not in the reps table.
    """
    _refuse_unknown(company, fact.rep_id, deed)
    return _changed(company, lambda connection: add_fact(connection, fact))


def make_void(company: Company, number: int, deed: Deed) -> bool:
    """Make a fact void; return whether it held until now.

    Raises
    ------
    DataError
        Where there is no such fact.
    """
    with company.ledger.writing() as connection:
        held = void_fact(connection, number, deed.actor, deed.reason)
    if held is None:
        text = "no fact has this number; `rightrep rep facts` lists them"
        raise DataError([Issue("rep", text, value=str(number))])
    return held


def switch_off(
    company: Company, rep_id: str, deed: Deed, until: datetime | None = None
) -> bool:
    """Switch a rep off, from the moment on; return whether that is new.

    Raises
    ------
    DataError
        Where the rep is not in the reps table.
    """
    _refuse_unknown(company, rep_id, deed)
    event = Event(
        OFF, deed.moment, deed.actor, rep_id=rep_id, reason=deed.reason, until=until
    )

    def switch(connection: Connection) -> bool:
        off = connection.execute(switched_off(deed.moment)).all()
        if any(row.rep_id == rep_id and row.until == until for row in off):
            return False
        return add_events(connection, [event])[0]

    return _changed(company, switch)


def switch_on(company: Company, rep_id: str, deed: Deed) -> bool:
    """Switch a rep on, from the moment on; return whether the rep was off.

    Raises
    ------
    DataError
        Where the rep is not in the reps table.
    """
    _refuse_unknown(company, rep_id, deed)
    event = Event(ON, deed.moment, deed.actor, rep_id=rep_id, reason=deed.reason)

    def switch(connection: Connection) -> bool:
        off = connection.execute(switched_off(deed.moment)).all()
        if rep_id not in [row.rep_id for row in off]:
            return False
        return add_events(connection, [event])[0]

    return _changed(company, switch)


def facts_now(
    company: Company, moment: datetime, rep_id: str | None = None
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the facts that hold, and the reps who are off, of one rep or of all."""
    facts = company.ledger.asked(facts_query(), FACTS)
    off = company.ledger.asked(switched_off(moment), SWITCHES)
    if rep_id is None:
        return facts, off
    return facts[facts["rep_id"] == rep_id], off[off["rep_id"] == rep_id]


def _refuse_unknown(company: Company, rep_id: str, deed: Deed) -> None:
    if issues := [*staff(company, deed.moment).unknown([rep_id], "rep")]:
        raise DataError(issues)


def _changed(company: Company, change: Callable[[Connection], bool]) -> bool:
    with company.ledger.writing() as connection:
        return change(connection)
