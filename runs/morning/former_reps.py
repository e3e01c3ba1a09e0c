"""Leads of a person or company that a rep had before: they return to that rep."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from crm import CrmData, listed
from ledger.former_owners import by_column, spellings
from runs.morning.memory import NAMED, Memory
from runs.morning.recalled_leads import EXCLUDED
from runs.prepared.prepared import Prepared
from scenarios.reach import needs_no_scores, unscored_day
from scenarios.sticky import Sticky
from solver.day.availability import at_work
from solver.rules.only_to import OnlyTo

STICKY = "same rep as before"
"""Name of the rule."""
MANY = 20
"""Leads that may share a cell; what more have, such as "n/a", is of no one person."""


@dataclass(frozen=True, eq=False)
class Former:
    """Who had leads of the same person or company as today's.

    Attributes
    ----------
    found
        lead_id, rep_id and by: the column that tells it; a lead is there once.
    shared
        Cells that more than :data:`MANY` leads have, which tell nothing.
    """

    found: pd.DataFrame
    shared: list[str]


def with_former_reps(prepared: Prepared, memory: Memory) -> Prepared:
    """Return the day whose leads return to the reps who had the same person before."""
    sticky = prepared.file.scenario.sticky
    if sticky is None or prepared.crm.leads.empty:
        return prepared
    former = former_reps(prepared.crm, sticky, memory)
    why_not = _obstacles(prepared, former.found)
    returning = former.found[why_not == ""]
    notes = list(_notes(sticky, former, returning, why_not))
    if len(returning):
        pairs = returning[["lead_id", "rep_id"]].to_dict("records")
        strength = {} if sticky.penalty is None else {"strength": "soft"}
        keys = {"name": STICKY, "pairs": pairs, "penalty": sticky.penalty, **strength}
        prepared = prepared.with_rules(OnlyTo.model_validate(keys))
    return replace(prepared, morning=prepared.earlier.noting(*notes))


def former_reps(crm: CrmData, sticky: Sticky, memory: Memory) -> Former:
    """Return who had leads of the same person or company within the window."""
    since = (crm.as_of - pd.Timedelta(days=sticky.days)).to_pydatetime(warn=False)
    left, parts, shared = crm.leads, [], []
    for name in sticky.by:
        cells = left[name].str.strip().str.casefold()
        asked = spellings(left.loc[cells != "", name])
        with memory.ledger.reading() as connection:
            owned = by_column(connection, name, asked, since, memory.before)
        owned = owned.assign(key=owned["key"].str.casefold())
        n_leads = owned.groupby("key")["lead_id"].nunique()
        shared += [str(key) for key, n in n_leads.items() if n > MANY]
        last = owned[~owned["key"].isin(shared)].drop_duplicates("key", keep="last")
        owner = dict(zip(last["key"], last["rep_id"], strict=True))
        rep_ids = cells.map(lambda key, owner=owner: owner.get(key, ""))
        found = left.assign(rep_id=rep_ids, by=name)[["lead_id", "rep_id", "by"]]
        parts.append(found[found["rep_id"] != ""])
        left = left[rep_ids == ""]
    return Former(pd.concat(parts, ignore_index=True).astype(object), shared)


def _obstacles(prepared: Prepared, found: pd.DataFrame) -> pd.Series:
    """Return why leads cannot return, in words; "" where they can, shape (n_found,)."""
    crm = prepared.crm
    reps = pd.Index(crm.reps["rep_id"])
    place = reps.get_indexer(found["rep_id"])
    there = np.append(at_work(crm), False)[place]
    pairs = list(zip(found["lead_id"], found["rep_id"], strict=True))
    eligible = _eligible(prepared, found["lead_id"]) if pairs else set()
    recalled = _recalled(prepared)
    reasons = [
        "is no active rep"
        if position < 0
        else "is not at work"
        if not is_there
        else "lost it to the clock"
        if pair in recalled
        else ""
        if pair in eligible
        else "is not eligible"
        for pair, position, is_there in zip(pairs, place, there, strict=True)
    ]
    return pd.Series(reasons, index=found.index, dtype=object)


def _eligible(prepared: Prepared, lead_ids: pd.Series) -> set[tuple[str, str]]:
    """Return the pairs of these leads that the rules allow, as far as is known."""
    crm = prepared.crm
    own = crm.leads[crm.leads["lead_id"].isin(lead_ids)].reset_index(drop=True)
    rules = [rule for rule in prepared.file.scenario.rules if needs_no_scores(rule)]
    problem = unscored_day(replace(crm, leads=own), rules).problem
    names = problem.lead_ids[problem.lead], problem.rep_ids[problem.rep]
    return set(zip(*names, strict=True))


def _recalled(prepared: Prepared) -> set[tuple[str, str]]:
    rules = [rule for rule in prepared.earlier.rules if rule.name == EXCLUDED]
    return {(p.lead_id, p.rep_id) for rule in rules for p in getattr(rule, "pairs", ())}


def _notes(
    sticky: Sticky, former: Former, returning: pd.DataFrame, why_not: pd.Series
) -> Iterator[str]:
    what = "only to the rep who had"
    if sticky.penalty is not None:
        what = f"at a price of {sticky.penalty:g} else, to the rep who had"
    if len(returning):
        rows = returning.itertuples()
        named = [f"{row.lead_id} to {row.rep_id} ({row.by})" for row in rows]
        yield (
            f"Assigned {what} the same person or company in the last {sticky.days} "
            f"days: {listed(named, NAMED)}."
        )
    others = former.found.assign(why_not=why_not)[why_not != ""]
    if len(others):
        named = [f"{o.lead_id}: {o.rep_id} {o.why_not}" for o in others.itertuples()]
        yield f"Free to go to others than before: {listed(named, NAMED)}."
    if former.shared:
        yield (
            f"More than {MANY} leads share these, so they tell no person or company: "
            f"{listed(former.shared, NAMED)}."
        )
