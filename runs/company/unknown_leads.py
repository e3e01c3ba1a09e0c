"""Leads that no run has met, for who has mistyped an id."""

from sqlalchemy import Connection

from crm import Issue
from ledger.near_ids import near_hint


def unknown_lead(
    connection: Connection, lead_id: str, file: str, column: str | None = None
) -> Issue:
    """Return the issue of a lead that no run has met, with the nearest.

    Parameters
    ----------
    file, column
        Where the lead was named.
    """
    text = f"no run of the ledger has met this lead{near_hint(connection, lead_id)}"
    return Issue(file, text, column=column, value=lead_id)
