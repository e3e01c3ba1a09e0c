"""People's word on two leads: the same one, or different ones."""

from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection

from crm import DataError, Issue
from ledger.duplicates.likeness import owners_of
from ledger.duplicates.same_leads import merge, part
from ledger.ownership import known
from runs.company.company import Company
from runs.company.people import actor
from runs.company.unknown_leads import unknown_lead


def say_same(
    own: Company,
    lead_ids: tuple[str, str],
    reason: str,
    at: datetime | date | None = None,
    by: str | None = None,
) -> dict[str, Any]:
    """Make two leads one; return which stays, which goes, and who has them.

    Raises
    ------
    DataError
        Where a lead is in no run of the ledger, or both are one id.
    """
    who = by or actor()
    with own.ledger.writing() as connection:
        _check(connection, own, lead_ids)
        return asdict(merge(connection, lead_ids, own.moment(at), who, reason))


def say_different(
    own: Company,
    lead_ids: tuple[str, str],
    reason: str,
    at: datetime | date | None = None,
    by: str | None = None,
) -> dict[str, Any]:
    """Say that two leads are different; return their owners, who stay.

    Raises
    ------
    DataError
        As of :func:`say_same`.
    """
    who = by or actor()
    with own.ledger.writing() as connection:
        _check(connection, own, lead_ids)
        is_new = part(connection, lead_ids, own.moment(at), who, reason)
        owners = owners_of(connection, lead_ids).set_index("lead_id")["rep_id"]
    return {"lead_ids": lead_ids, "owners": owners.to_dict(), "is_new": is_new}


def _check(connection: Connection, own: Company, lead_ids: tuple[str, str]) -> None:
    if lead_ids[0] == lead_ids[1]:
        raise DataError(
            [Issue(own.ledger.name, "name two leads, this is one", value=lead_ids[0])]
        )
    met, name = known(connection, lead_ids), own.ledger.name
    unknown = [lead_id for lead_id in lead_ids if lead_id not in met]
    if unknown:
        raise DataError([unknown_lead(connection, each, name) for each in unknown])
