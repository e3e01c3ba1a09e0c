"""All that the ledger has of one lead, put in order."""

import pandas as pd

from crm import DataError, Issue
from ledger.closed_leads import OPENED
from ledger.measures import one_lead as asked
from ledger.schema import SUPERSEDED
from reporting.text.company.lead_life import LeadLife
from runs.company.company import Company
from runs.company.unknown_leads import unknown_lead
from runs.kpi.lives import CLOSED_AS, OPEN
from runs.kpi.reps import reps_of

TEXTS = ("rep_id", "other", "reason", "why", "actor", "arm", "run_id")


def lead_life(company: Company, lead_id: str) -> LeadLife:
    """Return the life of a lead.

    Raises
    ------
    DataError
        Where no run has met it; leads with a similar id are named.
    """
    ledger = company.ledger
    lead = ledger.asked(asked.lead(lead_id), asked.LEAD)
    if lead.empty:
        raise DataError([_unknown(company, lead_id)])
    met = ledger.asked(asked.met(lead_id), asked.MET)
    happened = ledger.asked(asked.happened(lead_id), asked.HAPPENED)
    owned = ledger.asked(asked.owned(lead_id), asked.OWNED)
    reps, _ = reps_of(company)
    current = owned[owned["ended_at"].isna()]
    named = dict(zip(reps["rep_id"], reps.get("name", reps["rep_id"]), strict=True))
    return LeadLife(
        lead_id=lead_id,
        company=str(lead["company"].iloc[0]),
        zone=company.calendar.zone,
        moments=_in_order(lead, met, happened, owned),
        owner="" if current.empty else str(current["rep_id"].iloc[0]),
        since=None if current.empty else current["started_at"].iloc[0],
        state=_state(happened),
        names={rep: name for rep, name in named.items() if name != rep},
    )


def _unknown(company: Company, lead_id: str) -> Issue:
    with company.ledger.reading() as connection:
        return unknown_lead(connection, lead_id, company.ledger.name)


def _in_order(
    lead: pd.DataFrame,
    met: pd.DataFrame,
    happened: pd.DataFrame,
    owned: pd.DataFrame,
) -> pd.DataFrame:
    """Return what happened by time; a run goes before what people did at its moment."""
    created = lead[["created_at"]].rename(columns={"created_at": "at"}).dropna()
    parts = [created.assign(kind="created"), met, happened]
    moments = pd.concat([part for part in parts if len(part)], ignore_index=True)
    moments = moments.sort_values("at", kind="stable", ignore_index=True)
    for name in {*TEXTS, "p_convert", "value", "until", "is_void"} - {*moments}:
        moments[name] = None
    texts = {name: moments[name].astype(object).fillna("") for name in TEXTS}
    is_void = moments["is_void"].astype(float).fillna(0) > 0
    since = pd.Series([_since(owned, at) for at in moments["at"]], dtype=object)
    return moments.assign(**texts, is_void=is_void, since=since)


def _since(owned: pd.DataFrame, at: pd.Timestamp) -> pd.Timestamp | None:
    """Return when the lead was last given to somebody before a moment."""
    earlier = owned[(owned["started_at"] <= at) & (owned["end_cause"] != SUPERSEDED)]
    return None if earlier.empty else earlier["started_at"].iloc[-1]


def _state(happened: pd.DataFrame) -> str:
    ends = happened[happened["kind"].isin([*CLOSED_AS, *OPENED])]
    return OPEN if ends.empty else CLOSED_AS.get(ends["kind"].iloc[-1], OPEN)
