"""Reps that are switched off, with effect at once, until they are switched on."""

from datetime import datetime

from sqlalchemy import Select, func, select

from ledger.frames import Kind
from ledger.schema import events
from ledger.vantage import Before, happened

OFF, ON = "rep_off", "rep_on"
SWITCHES: dict[str, Kind] = {
    "rep_id": "text",
    "at": "time",
    "until": "time",
    "actor": "text",
    "reason": "text",
}
"""Columns of a frame of reps that are off."""


def switched_off(moment: datetime, before: Before | None = None) -> Select:
    """Ask for the reps who are off at a moment: since when, and until when.

    Parameters
    ----------
    before
        Number of a run: as things were when it was made; by default as they are.
    """
    c = events.c
    last = select(func.max(c.number)).where(
        c.kind.in_((OFF, ON)), c.at <= moment, *happened(events, before)
    )
    query = select(*(c[name] for name in SWITCHES))
    query = query.where(c.number.in_(last.group_by(c.rep_id)), c.kind == OFF)
    still = c.until.is_(None) | (c.until > moment)
    return query.where(still).order_by(c.rep_id)
