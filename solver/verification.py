"""Every hard rule verified on an allocation, without the solver and its problem."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from crm import CrmData
from solver.day.allocation import Allocation, Violation
from solver.rules.base import Rule


def violations(
    crm: CrmData, rules: Sequence[Rule], owner: Mapping[str, str]
) -> list[Violation]:
    """Return every place where an allocation breaks a hard rule; empty if none.

    Parameters
    ----------
    crm
        The day's tables.
    owner
        Lead id -> rep id, for the leads that have an owner.
    """
    allocation = Allocation(crm, owner)
    slotless = [rule.without_slot(allocation) for rule in rules]
    allocation = replace(allocation, slotless=frozenset().union(*slotless))
    broken = list(_unknown(allocation))
    for rule in rules:
        if rule.is_hard:
            broken.extend(rule.violations(allocation))
    return broken


def _unknown(allocation: Allocation) -> Iterator[Violation]:
    for lead_id, rep_id in allocation.owner.items():
        if lead_id not in allocation.lead_rows:
            yield Violation("known leads", lead_id, rep_id, "not among the leads")
        if rep_id not in allocation.rep_rows:
            yield Violation("known reps", lead_id, rep_id, "not among the reps")
        elif rep_id in allocation.away:
            yield Violation("availability", lead_id, rep_id, "the rep is away")
