"""What reps have left of their day and of their book."""

from dataclasses import replace

import numpy as np

from crm import listed
from runs.morning.memory import NAMED, Memory
from runs.prepared.prepared import Prepared


def with_slots_left(prepared: Prepared, memory: Memory) -> Prepared:
    """Return the day with reps' slots less those that earlier runs of it have used."""
    crm = prepared.crm
    used = memory.ledger.assigned_on(crm.today, memory.before)
    rep_ids = crm.reps["rep_id"]
    left = crm.reps["daily_capacity"] - rep_ids.map(used).fillna(0)
    reps = crm.reps.assign(daily_capacity=np.maximum(left, 0))
    known = [f"{rep} {n}" for rep, n in used.items() if rep in set(rep_ids)]
    day = f"{crm.today:%d %B %Y}"
    named = listed(known, NAMED)
    notes = (
        [f"Earlier runs of {day} have used slots, which are gone: {named}."]
        if known
        else []
    )
    typed = reps.astype({"daily_capacity": crm.reps["daily_capacity"].dtype})
    return replace(
        prepared,
        crm=replace(crm, reps=typed),
        morning=prepared.earlier.noting(*notes),
    )


def with_open_books(prepared: Prepared, memory: Memory) -> Prepared:
    """Return the day with open leads of reps as the ledger counts them.

    Where the table of reps has them, these stand.
    """
    crm = prepared.crm
    if crm.has("reps", "open_leads"):
        return prepared
    held = crm.reps["rep_id"].map(memory.ledger.open_leads(memory.before))
    reps = crm.reps.assign(open_leads=held.fillna(0).astype(float))
    return replace(prepared, crm=replace(crm, reps=reps))
