"""Credits: a turn that a rep gets back for a lead that was none."""

from dataclasses import dataclass

from sqlalchemy import select

from crm import DataError, Issue
from ledger.events import Event, add_events, events_query
from ledger.ownership import known
from ledger.people.turns import CREDITED
from ledger.schema import assignments, events
from runs.book.deed import Deed
from runs.company.company import Company
from runs.company.unknown_leads import unknown_lead
from scenarios import Turns


@dataclass(frozen=True)
class Credit:
    """A turn that a rep has back for a lead.

    Attributes
    ----------
    lead_id, rep_id
        The lead, and the rep for whom it took a turn.
    is_new
        Whether the rep has it back now; else a credit was there already.
    """

    lead_id: str
    rep_id: str
    is_new: bool


def credit(company: Company, lead_id: str, deed: Deed) -> Credit:
    """Give back the turn that a lead took, once.

    It is the turn of the last rep for whom the lead took one: by a run, or by what the
    scenario counts besides.

    Raises
    ------
    DataError
        Where no run has met the lead, or it has taken nobody's turn.
    """
    turns = company.file.scenario.turns or Turns()
    c = assignments.c
    is_turn = c.run.is_not(None) | c.cause.in_(turns.also_count)
    last = select(c.rep_id).where(c.lead_id == lead_id, is_turn)
    with company.ledger.writing() as connection:
        if not known(connection, [lead_id]):
            raise DataError([unknown_lead(connection, lead_id, "credit", "lead_id")])
        rep_id = connection.scalar(last.order_by(c.number.desc()).limit(1))
        if rep_id is None:
            text = "this lead has taken no rep's turn, so there is none to give back"
            raise DataError([Issue("credit", text, column="lead_id", value=lead_id)])
        event = Event(
            CREDITED, deed.moment, deed.actor, lead_id, rep_id, reason=deed.reason
        )
        of_lead = events.c.lead_id == lead_id, events.c.rep_id == rep_id
        given = events_query(CREDITED).where(*of_lead)
        is_new = connection.execute(given).first() is None
        if is_new:
            add_events(connection, [event])
    return Credit(lead_id, str(rep_id), is_new)
