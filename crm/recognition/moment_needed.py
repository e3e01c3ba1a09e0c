"""The moment of the allocation, where the newest lead does not tell it."""

from collections.abc import Mapping
from datetime import date

import numpy as np

from crm.cells import are_iso
from crm.recognition.outcome_words import LOST, WON
from crm.table import Table

MOST_LATER = 92
"""Days by which leads may be closed after the newest of the day came."""


def later_day(cells: Mapping[str, Table]) -> date | None:
    """Return the day of the newest closed lead, None where a newer one came after it.

    Parameters
    ----------
    cells
        Leads and history, as their sources describe them, all text.
    """
    leads, history = cells.get("leads"), cells.get("history")
    if leads is None or history is None:
        return None
    frame = history.frame
    if not {"outcome", "closed_at"} <= set(frame.columns):
        return None
    is_closed = np.isin(frame["outcome"].to_numpy(), (WON, LOST))
    closed = _days(frame["closed_at"].to_numpy()[is_closed])
    came = _days(leads.frame["created_at"].to_numpy())
    if not closed or not came:
        return None
    newest, last = max(came), max(closed)
    return last if 0 < (last - newest).days <= MOST_LATER else None


def _days(texts: np.ndarray) -> list[date]:
    days = {text[:10] for text in texts if text}
    return [date.fromisoformat(day) for day in days if are_iso([day])]
