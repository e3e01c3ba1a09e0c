"""Leads of the day that take no slot: owned already, or duplicates of another one."""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from runs.prepared.morning import CLOSED, DUPLICATE_OF, KEPT, OWNED, Morning

COLUMNS = [*KEPT, "reason", DUPLICATE_OF, "same", "score"]


def kept_table(
    earlier: Morning, owner: Mapping[str, str], as_of: pd.Timestamp
) -> pd.DataFrame:
    """Return one row per lead that takes no slot, with its owner and why.

    Parameters
    ----------
    owner
        Lead id -> rep id, as assigned today.
    as_of
        The moment of the allocation.

    Returns
    -------
    pandas.DataFrame
        lead_id, rep_id (``""`` where the duplicate is unassigned, too), started_at,
        run_id, reason (owned, closed without an owner, or duplicate_of), the lead
        whose duplicate it is, what they share, and the score.
    """
    owned = earlier.kept.assign(duplicate_of="", same="", score=np.nan)
    owned["reason"] = np.where(owned["rep_id"] == "", CLOSED, OWNED)
    if earlier.joined.empty:
        return owned[COLUMNS]
    joined = earlier.joined.rename(columns={"other": DUPLICATE_OF})
    of_today = [owner.get(lead_id, "") for lead_id in joined[DUPLICATE_OF]]
    rep_id = joined["rep_id"].where(joined["rep_id"] != "", of_today)
    joined = joined.assign(
        rep_id=rep_id,
        reason=DUPLICATE_OF,
        started_at=as_of.tz_convert("UTC"),
        run_id="",
    )
    parts = [part[COLUMNS] for part in (owned, joined) if len(part)]
    return pd.concat(parts, ignore_index=True)
