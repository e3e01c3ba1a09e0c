"""Leads without an owner by reason, and what is known of placing them."""

from collections.abc import Iterator

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from reporting import UnassignedGroup
from solver import Day, Reason, Solution

NOTHING = 1e-9
"""Prices below this are rounding."""
Ids = NDArray[np.int64]


def unassigned_groups(
    day: Day, solution: Solution, unassigned: pd.DataFrame, prices: pd.DataFrame
) -> list[UnassignedGroup]:
    """Return the reasons of unassigned leads, the most frequent first.

    Nothing is solved for it: slots and limits have their dual prices, and rules are
    looked at one by one.

    Parameters
    ----------
    unassigned
        ``lead_id`` and ``reason``.
    prices
        As in ``prices.csv``.
    """
    position = pd.Series(np.arange(day.problem.n_leads), day.problem.lead_ids)
    lead = unassigned["lead_id"].map(position).to_numpy(dtype=np.int64)
    by_code = unassigned.assign(lead=lead).groupby("reason")["lead"]
    groups = [
        _group(day, solution, str(code), leads.to_numpy(), prices)
        for code, leads in by_code
    ]
    return sorted(groups, key=lambda group: (-group.n_leads, group.code))


def _group(
    day: Day, solution: Solution, code: str, lead: Ids, prices: pd.DataFrame
) -> UnassignedGroup:
    kept = pd.Series(day.kept_by[lead], dtype=object)
    kept_by = kept[kept != ""].value_counts(sort=False)
    n_pairs = np.diff(day.problem.indptr)[lead]
    free = lead[(n_pairs == 0) & (kept == "").to_numpy()]
    is_full, is_limited = code == Reason.REPS_FULL, code == Reason.LIMIT_REACHED
    return UnassignedGroup(
        code,
        len(lead),
        kept_by=[(str(rule), int(n)) for rule, n in kept_by.items()],
        full=[*_full(day, solution, lead, prices)] if is_full else [],
        limits=[*_limits(prices)] if is_limited else [],
        away=_away(day, free),
        spared=_spared(day, solution, free),
    )


def _full(
    day: Day, solution: Solution, lead: Ids, prices: pd.DataFrame
) -> Iterator[tuple[str, float, int]]:
    """Yield full reps who may have some of the leads, the dearest slot first."""
    problem = day.problem
    wanted = np.zeros(problem.n_leads, dtype=bool)
    wanted[lead] = True
    is_full = solution.slots_used >= np.min(
        [problem.capacity, *day.slot_limits], axis=0
    )
    pair = wanted[problem.lead] & problem.uses_slot & is_full[problem.rep]
    n_leads = np.bincount(problem.rep[pair], minlength=problem.n_reps)
    own = prices[prices["rule"] == ""].set_index("key")["price"]
    price = pd.Series(problem.rep_ids).map(own).fillna(0.0).to_numpy()
    for rep in np.lexsort((-n_leads, -price)):
        if n_leads[rep]:
            yield str(problem.rep_ids[rep]), float(price[rep]), int(n_leads[rep])


def _limits(prices: pd.DataFrame) -> Iterator[tuple[str, str, float]]:
    dear = prices[(prices["rule"] != "") & (prices["price"] > NOTHING)]
    dear = dear.sort_values("price", ascending=False, kind="stable")
    for rule, key, price in dear[["rule", "key", "price"]].itertuples(index=False):
        yield str(rule), str(key), float(price)


def _away(day: Day, lead: Ids) -> list[tuple[str, int]]:
    """Return reps who are away and eligible for some of the leads, most first."""
    n_of = np.zeros(day.problem.n_reps, dtype=np.int64)
    for allowed, n_leads in _alike(day, lead):
        n_of += np.all(allowed, axis=0) * n_leads * ~day.available
    order = np.argsort(-n_of, kind="stable")
    return [(str(day.problem.rep_ids[j]), int(n_of[j])) for j in order if n_of[j]]


def _spared(day: Day, solution: Solution, lead: Ids) -> list[tuple[str, int, int]]:
    """Return rules without which some of the leads would have an eligible rep."""
    rules = day.hard_filters
    least = np.min([day.problem.capacity, *day.slot_limits], axis=0)
    has_room = day.available & (solution.slots_used < least)
    counts = np.zeros((len(rules), 2), dtype=np.int64)
    for allowed, n_leads in _alike(day, lead):
        for place in range(len(rules)):
            others = np.delete(allowed, place, axis=0).all(axis=0)
            reps = others & day.available & ~allowed[place]
            counts[place] += [n_leads * reps.any(), n_leads * (reps & has_room).any()]
    order = np.argsort(-counts[:, 0], kind="stable")
    return [
        (rules[place].name, int(counts[place, 0]), int(counts[place, 1]))
        for place in order
        if counts[place, 0]
    ]


def _alike(day: Day, lead: Ids) -> Iterator[tuple[NDArray[np.bool_], int]]:
    """Yield what each hard rule allows leads that are alike to them, and how many.

    Shape (n_rules, n_reps).
    """
    filters = [day.filters[rule.name] for rule in day.hard_filters]
    if not (filters and len(lead)):
        return
    keys = np.column_stack([each.key[lead] for each in filters])
    alike, counts = np.unique(keys, axis=0, return_counts=True)
    for key, n_leads in zip(alike, counts, strict=True):
        allowed = [each.allowed[k] for each, k in zip(filters, key, strict=True)]
        yield np.array(allowed), int(n_leads)
