"""What rules ask of each lead, rep and pair by itself, before sums over pairs."""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from crm import CrmData
from solver.day.eligibility import Eligibility
from solver.problem.problem import ProblemError
from solver.rules.base import Rule

Known = Mapping[int, Eligibility | None]
"""Identity of a rule -> what it allows of the same tables."""


def rule_filters(
    crm: CrmData, rules: Sequence[Rule], known: Known
) -> dict[str, Eligibility]:
    """Return which reps each rule allows for which leads, by name, where it says so.

    Raises
    ------
    ProblemError
        Where a rule's table does not fit the leads and reps.
    """
    allowed = {
        rule.name: known[id(rule)] if id(rule) in known else _eligibility(crm, rule)
        for rule in rules
    }
    return {name: table for name, table in allowed.items() if table is not None}


def _eligibility(crm: CrmData, rule: Rule) -> Eligibility | None:
    """Return what a rule allows, its shape checked against the tables."""
    allowed = rule.eligibility(crm)
    if allowed is None:
        return None
    kind = f"rule {rule.name}: eligibility"
    if not isinstance(allowed, Eligibility):
        raise ProblemError(f"{kind} returned {type(allowed).__name__}, no Eligibility")
    shape = (len(allowed.key), allowed.allowed.shape[1])
    if shape != (len(crm.leads), len(crm.reps)):
        raise ProblemError(f"{kind} is of {shape[0]} leads and {shape[1]} reps")
    return allowed


def kept_by_rule(crm: CrmData, rules: Sequence[Rule]) -> NDArray[np.object_]:
    """Return which hard rule keeps each lead from distribution, or "", (n_leads,)."""
    name = np.full(len(crm.leads), "", dtype=object)
    for rule in rules:
        if rule.is_hard:
            kept = np.flatnonzero(rule.keeps(crm))
            name[kept[name[kept] == ""]] = rule.name
    return name


def must_have_owner(crm: CrmData, rules: Sequence[Rule]) -> NDArray[np.bool_]:
    """Tell for each lead whether it may not be left unassigned, (n_leads,)."""
    must = np.zeros(len(crm.leads), dtype=bool)
    for rule in rules:
        if rule.is_hard:
            must |= rule.wants_owner(crm)
    return must


def skip_costs(crm: CrmData, rules: Sequence[Rule]) -> NDArray[np.float64]:
    """Return what leaving each lead unassigned costs, (n_leads,)."""
    cost = np.zeros(len(crm.leads))
    for rule in rules:
        if rule.penalty:
            cost += rule.penalty * rule.wants_owner(crm)
    return cost


def slots_of_reps(
    crm: CrmData, rules: Sequence[Rule], n_leads: int
) -> NDArray[np.int64]:
    """Return how many of the leads each rep can take, (n_reps,)."""
    slots = np.full(len(crm.reps), n_leads, dtype=np.int64)
    for rule in rules:
        limit = rule.slots(crm) if rule.is_hard and not rule.where else None
        if limit is not None:
            slots = np.minimum(slots, limit)
    return slots


def charges_of_pairs(
    crm: CrmData,
    rules: Sequence[Rule],
    filters: Mapping[str, Eligibility],
    lead: NDArray[np.int64],
    rep: NDArray[np.int32],
) -> NDArray[np.float64]:
    """Return what all rules charge each pair by itself, (n_pairs,)."""
    total = np.zeros(len(rep))
    for rule in rules:
        if not rule.penalty and type(rule).charge is Rule.charge:
            continue
        total += charge_of_rule(crm, rule, filters, lead, rep)
    return total


def charge_of_rule(
    crm: CrmData,
    rule: Rule,
    filters: Mapping[str, Eligibility],
    lead: NDArray[np.int64],
    rep: NDArray[np.int32],
) -> NDArray[np.float64]:
    """Return what one rule charges each pair by itself, (n_pairs,)."""
    charge = rule.charge(crm, lead, rep)
    if rule.name in filters and rule.penalty:
        return charge + rule.penalty * ~filters[rule.name].at(lead, rep)
    return charge


def pairs_without_slot(
    rules: Sequence[Rule],
    filters: Mapping[str, Eligibility],
    lead: NDArray[np.int64],
    rep: NDArray[np.int32],
) -> NDArray[np.bool_]:
    """Tell for each pair whether it takes no slot of the rep, (n_pairs,)."""
    free = np.zeros(len(rep), dtype=bool)
    for rule in rules:
        if rule.name in filters:
            free |= rule.frees(filters[rule.name], lead, rep)
    return free
