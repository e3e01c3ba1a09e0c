"""How each lead stands in the ledger, one row each."""

import numpy as np
import pandas as pd

from ledger.learning.outcomes import Known

CLOSINGS = ("won", "lost", "reopened")


def standing_of(known: Known) -> pd.DataFrame:
    """Return how the leads stand, by lead_id.

    Returns
    -------
    pandas.DataFrame
        ``created_at``, ``first_started_at``; ``owner`` and ``owner_since`` (``""`` and
        missing for nobody); ``known_outcome`` (open, won or lost) with ``known_at``,
        ``known_value`` and ``known_number``, the event that says so;
        ``known_response_at``, the first.
    """
    spells, facts = known.spells, known.facts
    standing = known.leads.set_index("lead_id")
    standing["first_started_at"] = spells.groupby("lead_id")["started_at"].min()
    current = spells[spells["ended_at"].isna()].set_index("lead_id")
    standing["owner"] = current["rep_id"].reindex(standing.index).fillna("")
    standing["owner_since"] = current["started_at"]
    last = facts[facts["kind"].isin(CLOSINGS)].drop_duplicates("lead_id", keep="last")
    last = last.set_index("lead_id").reindex(standing.index)
    standing["known_outcome"] = np.where(
        last["kind"].isin(["won", "lost"]), last["kind"], "open"
    )
    standing["known_at"] = last["at"]
    standing["known_value"] = last["value"]
    standing["known_number"] = last["number"].fillna(0).astype(int)
    responses = facts[facts["kind"] == "responded"]
    standing["known_response_at"] = responses.groupby("lead_id")["at"].min()
    return standing


def owner_at(rows: pd.DataFrame, known: Known) -> pd.Series:
    """Return who owned each row's lead at its moment, the first owner before that.

    Parameters
    ----------
    rows
        lead_id and at.
    known
        Of all its leads.
    """
    spells = known.spells.sort_values("started_at", kind="stable")
    wanted = rows[["lead_id", "at"]].reset_index().sort_values("at", kind="stable")
    found = pd.merge_asof(
        wanted,
        spells[["lead_id", "rep_id", "started_at"]],
        left_on="at",
        right_on="started_at",
        by="lead_id",
    ).set_index("index")["rep_id"]
    first = spells.drop_duplicates("lead_id").set_index("lead_id")["rep_id"]
    return found.reindex(rows.index).fillna(rows["lead_id"].map(first)).fillna("")
