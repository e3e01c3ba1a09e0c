"""Leads of today's table that somebody owns: kept, or free where the owner is gone."""

from dataclasses import replace

import pandas as pd

from crm import CrmData
from reporting import counted
from runs.morning.memory import Memory, leads_named
from runs.prepared.prepared import Prepared


def without_owned_leads(prepared: Prepared, memory: Memory) -> Prepared:
    """Return the day without the leads that stay with the owner they have."""
    crm = prepared.crm
    owned = _owners(memory, list(crm.leads["lead_id"]))
    is_kept = owned["rep_id"].isin(active_reps(crm))
    kept, freed = owned[is_kept], owned[~is_kept]
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
    if len(kept):
        n_kept = counted(len(kept), "lead")
        notes.insert(0, f"Kept by the owner they have, without a slot: {n_kept}.")
    morning = prepared.earlier.noting(*notes)
    return replace(
        prepared,
        crm=replace(crm, leads=fresh.reset_index(drop=True)),
        morning=replace(morning, kept=kept.reset_index(drop=True)),
    )


def _owners(memory: Memory, lead_ids: list[str]) -> pd.DataFrame:
    """Return who owns which of these leads.

    On a day made again, with what people decided since.
    """
    owners = memory.ledger.owners(memory.before, lead_ids)
    since = memory.overridden_since
    since = since[since["lead_id"].isin(lead_ids)]
    if since.empty:
        return owners
    others = owners[~owners["lead_id"].isin(since["lead_id"])]
    own = since[["lead_id", "rep_id", "started_at"]].assign(run_id="")
    return pd.concat([others, own], ignore_index=True)


def active_reps(crm: CrmData) -> set[str]:
    """Return the reps who are active today, and whose last day is not over."""
    end = crm.reps["end_date"]
    is_active = crm.reps["active"] & (end.isna() | (end >= crm.as_of))
    return set(crm.reps.loc[is_active, "rep_id"])
