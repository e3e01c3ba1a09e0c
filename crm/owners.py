"""Who has each lead of the day already: by the leads' table, or open in history."""

from dataclasses import replace

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from crm.data import CrmData


def owners_from_history(crm: CrmData) -> CrmData:
    """Return the tables with empty `current_rep_id` of leads filled in from history.

    A lead that history holds as open with somebody is theirs: its latest row decides.
    """
    current = crm.leads["current_rep_id"]
    owner = np.where(current == "", open_in_history(crm), current)
    if not np.any(owner != ""):
        return crm
    leads = crm.leads.assign(current_rep_id=pd.Series(owner, dtype=object))
    columns = crm.file_columns["leads"] | {"current_rep_id"}
    file_columns = {**crm.file_columns, "leads": columns}
    return replace(crm, leads=leads, file_columns=file_columns)


def open_in_history(crm: CrmData) -> NDArray[np.object_]:
    """Return with whom history holds each lead as open, "" for nobody, (n_leads,)."""
    rows = crm.history[crm.history["lead_id"].isin(crm.leads["lead_id"])]
    latest = rows.sort_values("assigned_at", kind="stable")
    latest = latest.drop_duplicates("lead_id", keep="last")
    latest = latest[latest["outcome"] == "open"]
    if not len(latest):
        return np.full(len(crm.leads), "", dtype=object)
    rep_of = dict(zip(latest["lead_id"], latest["rep_id"], strict=True))
    owners = [rep_of.get(lead_id, "") for lead_id in crm.leads["lead_id"]]
    return np.array(owners, dtype=object)
