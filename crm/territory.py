"""Missing territories of leads, inferred from the reps who served their account."""

from dataclasses import replace

import pandas as pd

from crm.data import CrmData


def from_account_history(crm: CrmData) -> CrmData:
    """Return the tables with missing territories of leads and history filled in.

    A row without a territory gets that of the reps who served its account most
    often in history. Only reps with exactly one territory count; where two
    territories are equally frequent, or none is known, it stays missing.
    """
    territory_of = _account_territories(crm)
    file_columns = dict(crm.file_columns)
    filled = {}
    for name, table in (("leads", crm.leads), ("history", crm.history)):
        inferred = table["account_id"].map(territory_of).astype(object)
        is_filled = (table["territory"] == "") & inferred.notna()
        territory = table["territory"].mask(is_filled, inferred)
        filled[name] = table.assign(territory=territory)
        if is_filled.any():
            file_columns[name] = file_columns[name] | {"territory"}
    return replace(
        crm, leads=filled["leads"], history=filled["history"], file_columns=file_columns
    )


def _account_territories(crm: CrmData) -> dict[str, str]:
    """Return account id -> its territory, for the accounts that have a clear one."""
    home_of = {
        rep: territories[0]
        for rep, territories in zip(
            crm.reps["rep_id"], crm.reps["territories"], strict=True
        )
        if len(territories) == 1
    }
    served = pd.DataFrame(
        {
            "account": crm.history["account_id"],
            "territory": crm.history["rep_id"].map(home_of).astype(object),
        }
    )
    served = served[(served["account"] != "") & served["territory"].notna()]
    counts = served.value_counts().reset_index(name="n")
    most = counts["n"] == counts.groupby("account")["n"].transform("max")
    clear = counts[most].drop_duplicates("account", keep=False)
    return dict(zip(clear["account"], clear["territory"], strict=True))
