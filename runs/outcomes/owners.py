"""Leads that the CRM shows under another owner than the ledger."""

import pandas as pd

from ledger.learning.outcomes import Known
from runs.outcomes.facts import Facts
from runs.outcomes.news import News
from runs.outcomes.standing import standing_of


def other_owners(
    facts: Facts, known: Known, news: News, reps: set[str]
) -> pd.DataFrame:
    """Return the leads with another owner in the export than in the ledger.

    An export older than the owner of the ledger tells of the one before.

    Parameters
    ----------
    reps
        The reps who may be taken over as owners.

    Returns
    -------
    pandas.DataFrame
        lead_id, rep_id, owner (``""`` for nobody), is_taken.
    """
    rows = facts.leads[["lead_id", "rep_id"]].join(standing_of(known), on="lead_id")
    is_since = ~(rows["owner_since"] > news.moment)
    differs = (rows["rep_id"] != "") & (rows["rep_id"] != rows["owner"]) & is_since
    others = rows.loc[differs, ["lead_id", "rep_id", "owner"]].reset_index(drop=True)
    return others.assign(is_taken=others["rep_id"].isin(reps))
