"""Leads of today's table that somebody owns: kept, or free where the owner is gone."""

from dataclasses import replace

import pandas as pd

from crm import CrmData
from reporting import counted
from runs.morning.memory import Memory, leads_named
from runs.prepared.prepared import Prepared


def without_owned_leads(prepared: Prepared, memory: Memory) -> Prepared:
    """Return the day without the leads that stay with the owner they have.

    Leads that are won or lost are not distributed, whoever had them.
    """
    crm = prepared.crm
    closed = memory.closed(list(crm.leads["lead_id"]))
    owned = memory.ledger.owners(memory.before, list(crm.leads["lead_id"]))
    is_closed = owned["lead_id"].isin(closed)
    is_kept = owned["rep_id"].isin(active_reps(crm)) | is_closed
    kept, freed = owned[is_kept], owned[~is_kept]
    kept = _with_unowned(kept, closed)
    fresh = crm.leads[~crm.leads["lead_id"].isin(kept["lead_id"])]
    notes = [
        f"Distributed again, since {rep} is no active rep of today: "
        f"{leads_named(list(leads))}."
        for rep, leads in freed.groupby("rep_id")["lead_id"]
    ]
    since = kept[kept["lead_id"].isin(memory.overridden_since["lead_id"])]
    if len(since):
        named = leads_named(list(since["lead_id"]))
        notes.insert(0, f"Overridden since the void run, and kept so: {named}.")
    if closed:
        notes.insert(
            0,
            f"Won or lost already, so not distributed: {leads_named(sorted(closed))}.",
        )
    if n := len(kept) - len(closed):
        n_kept = counted(n, "lead")
        notes.insert(0, f"Kept by the owner they have, without a slot: {n_kept}.")
    morning = prepared.earlier.noting(*notes)
    return replace(
        prepared,
        crm=replace(crm, leads=fresh.reset_index(drop=True)),
        morning=replace(morning, kept=kept.reset_index(drop=True)),
    )


def _with_unowned(kept: pd.DataFrame, closed: set[str]) -> pd.DataFrame:
    """Return the leads that are kept, with those that are closed and nobody's."""
    lead_ids = sorted(closed - set(kept["lead_id"]))
    if not lead_ids:
        return kept
    rows = pd.DataFrame({"lead_id": lead_ids, "rep_id": "", "run_id": ""}, dtype=object)
    never = pd.Series(pd.NaT, rows.index, dtype="datetime64[ns, UTC]")
    own = rows.assign(started_at=never.astype(kept["started_at"].dtype))[list(kept)]
    return pd.concat([kept, own], ignore_index=True) if len(kept) else own


def active_reps(crm: CrmData) -> set[str]:
    """Return the reps who are active today, and whose last day is not over."""
    end = crm.reps["end_date"]
    is_active = crm.reps["active"] & (end.isna() | (end >= crm.as_of))
    return set(crm.reps.loc[is_active, "rep_id"])
