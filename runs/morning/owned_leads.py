"""Leads of today's table that somebody owns: kept, or free where the owner is gone."""

from dataclasses import replace

from crm import CrmData
from reporting import counted
from runs.morning.memory import Memory, leads_named
from runs.prepared.prepared import Prepared


def without_owned_leads(prepared: Prepared, memory: Memory) -> Prepared:
    """Return the day without the leads that stay with the owner they have."""
    crm = prepared.crm
    owned = memory.ledger.owners(memory.before, list(crm.leads["lead_id"]))
    is_kept = owned["rep_id"].isin(active_reps(crm))
    kept, freed = owned[is_kept], owned[~is_kept]
    fresh = crm.leads[~crm.leads["lead_id"].isin(kept["lead_id"])]
    notes = [
        f"Distributed again, since {rep} is no active rep of today: "
        f"{leads_named(list(leads))}."
        for rep, leads in freed.groupby("rep_id")["lead_id"]
    ]
    if len(kept):
        n_kept = counted(len(kept), "lead")
        notes.insert(0, f"Kept by the owner they have, without a slot: {n_kept}.")
    morning = prepared.earlier.noting(*notes)
    return replace(
        prepared,
        crm=replace(crm, leads=fresh.reset_index(drop=True)),
        morning=replace(morning, kept=kept.reset_index(drop=True)),
    )


def active_reps(crm: CrmData) -> set[str]:
    """Return the reps who are active today."""
    return set(crm.reps.loc[crm.reps["active"], "rep_id"])
