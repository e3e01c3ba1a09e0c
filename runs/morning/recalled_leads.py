"""Leads that were recalled come again, and not to the reps who had them."""

from dataclasses import replace

import pandas as pd

from crm import listed
from ledger.open_work import DEEDS, recalls
from runs.morning.memory import NAMED, Memory
from runs.prepared.prepared import Prepared
from solver.rules import Rule
from solver.rules.exclude import Exclude
from solver.rules.must_assign import MustAssign

EXCLUDED, FIRST = "recalled from", "recalled first"
"""Names of the rules."""


def without_recalled_reps(prepared: Prepared, memory: Memory) -> Prepared:
    """Return the day whose recalled leads do not go to the reps who had them.

    Nor does the lead of today that a recalled one goes with.
    """
    crm = prepared.crm
    recalled = memory.ledger.asked(recalls(memory.before), DEEDS)
    if recalled.empty:
        return prepared
    joined = prepared.earlier.joined
    stands = dict(zip(joined["lead_id"], joined["other"], strict=True))
    own = [stands.get(lead_id, lead_id) for lead_id in recalled["lead_id"]]
    recalled = recalled.assign(lead_id=pd.Series(own, recalled.index, object))
    is_of_today = recalled["lead_id"].isin(crm.leads["lead_id"])
    recalled = recalled[is_of_today].drop_duplicates(["lead_id", "rep_id"])
    if recalled.empty:
        return prepared
    known = recalled[recalled["rep_id"].isin(crm.reps["rep_id"])]
    rules = [*_excluding(known), *_first(prepared, recalled["lead_id"])]
    pairs = zip(recalled["lead_id"], recalled["rep_id"], strict=True)
    named = listed([f"{lead} from {rep}" for lead, rep in pairs], NAMED)
    note = f"Recalled, and not assigned to the same rep again: {named}."
    ruled = prepared.with_rules(*rules)
    return replace(ruled, morning=ruled.earlier.noting(note))


def _excluding(known: pd.DataFrame) -> list[Rule]:
    pairs = known[["lead_id", "rep_id"]].to_dict("records")
    if not pairs:
        return []
    return [Exclude.model_validate({"name": EXCLUDED, "pairs": pairs})]


def _first(prepared: Prepared, lead_ids: pd.Series) -> list[Rule]:
    sla = prepared.file.scenario.sla
    if sla is None or sla.recalled_penalty is None:
        return []
    return [
        MustAssign(
            name=FIRST,
            strength="soft",
            penalty=sla.recalled_penalty,
            where={"lead_id": sorted(set(lead_ids))},
        )
    ]
