"""Leads whose personal data a company no longer needs, or may no longer have."""

from collections.abc import Collection, Iterable
from datetime import datetime

import pandas as pd
from sqlalchemy import Connection, select

from crm import DataError, Issue, listed, suggestion
from ledger.care.erasing import ERASED, Erasure, erase, idle_since, unknown_leads
from ledger.events import Event
from ledger.schema import leads as known_leads
from runs.company.company import Company

UNITS = {
    "d": pd.DateOffset(days=1),
    "w": pd.DateOffset(weeks=1),
    "m": pd.DateOffset(months=1),
    "y": pd.DateOffset(years=1),
}
"""Letter of a period -> one of it."""
NAMED = 10
ALIKE, MOST_ALIKE = 2, 2_000
"""First characters of leads that one may have been meant for, and how many of them."""


def erased(
    company: Company,
    lead_ids: Iterable[str],
    older_than: tuple[int, str] | None = None,
    *,
    moment: datetime,
    actor: str,
    reason: str = "",
    keep: Collection[str] = (),
    is_dry: bool = False,
) -> Erasure:
    """Return what was blanked of these leads, or of those idle for a period.

    Parameters
    ----------
    older_than
        A number and the letter of its unit: leads to which nothing has happened
        since.
    moment
        When it is done.
    is_dry
        Whether to leave everything as it was.

    Raises
    ------
    DataError
        Where the ledger has never met one of the leads.
    """
    event = Event(ERASED, moment, actor, reason=reason)
    with company.ledger.writing() as connection:
        wanted = list(lead_ids)
        _refuse_unknown(connection, wanted)
        if older_than is not None:
            number, unit = older_than
            since = pd.Timestamp(moment) - number * UNITS[unit]
            wanted = list(connection.scalars(idle_since(since.to_pydatetime())))
        with connection.begin_nested() as part:
            done = erase(connection, wanted, event, keep)
            if is_dry:
                part.rollback()
    return done


def _refuse_unknown(connection: Connection, lead_ids: list[str]) -> None:
    unknown = unknown_leads(connection, lead_ids)
    if not unknown:
        return
    like = known_leads.c.lead_id.startswith(unknown[0][:ALIKE], autoescape=True)
    some = select(known_leads.c.lead_id).where(like).limit(MOST_ALIKE)
    near = suggestion(unknown[0], connection.scalars(some))
    expected = f"the ledger has never met {listed(unknown, NAMED)}{near}"
    raise DataError([Issue("leads", expected, value=unknown[0])])
