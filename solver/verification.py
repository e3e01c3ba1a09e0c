"""Every hard rule verified on an allocation, without the solver and its problem."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

import numpy as np

from crm import CrmData
from solver.building.day import build_day
from solver.day.allocation import Allocation, Violation
from solver.problem.constraints import Share
from solver.problem.problem import Problem
from solver.rules.base import Rule

ShareBounds = Mapping[str, Mapping[str, tuple[float, float]]]
"""Rule -> rep id -> the least and the largest part of what is assigned."""


def violations(
    crm: CrmData,
    rules: Sequence[Rule],
    owner: Mapping[str, str],
    *,
    share_bounds: ShareBounds | None = None,
) -> list[Violation]:
    """Return every place where an allocation breaks a hard rule; empty if none.

    Parameters
    ----------
    crm
        The day's tables.
    owner
        Lead id -> rep id, for the leads that have an owner.
    share_bounds
        Those of :func:`share_bounds_of`, where they are known from another allocation
        of the day.
    """
    if share_bounds is None:
        share_bounds = share_bounds_of(crm, rules)
    allocation = Allocation(crm, owner, share_bounds=share_bounds)
    slotless = [rule.without_slot(allocation) for rule in rules]
    allocation = replace(allocation, slotless=frozenset().union(*slotless))
    broken = list(_unknown(allocation))
    for rule in rules:
        if rule.is_hard:
            broken.extend(rule.violations(allocation))
    return broken


def share_bounds_of(crm: CrmData, rules: Sequence[Rule]) -> ShareBounds:
    """Return the least and the largest part of each rep, by hard rule on shares.

    What reps could get depends on all rules of the day, so that here alone the day's
    problem is built; nothing is solved.
    """
    hard = [rule for rule in rules if rule.is_hard]
    if all(type(rule).shares is Rule.shares for rule in hard):
        return {}
    problem = build_day(crm, rules, lambda lead, rep: np.zeros(len(lead))).problem
    return {share.rule: dict(_parts(problem, share)) for share in problem.shares}


def _parts(problem: Problem, share: Share) -> Iterator[tuple[str, tuple[float, float]]]:
    for rep in np.flatnonzero(share.fair > 0):
        part = float(share.least[rep]), float(share.most[rep])
        yield str(problem.rep_ids[rep]), part


def _unknown(allocation: Allocation) -> Iterator[Violation]:
    """Yield leads and reps that are none, and reps who are away."""
    lead_ids = frozenset(allocation.crm.leads["lead_id"])
    at_work = allocation.rep_rows.keys() - allocation.away
    if allocation.owner.keys() <= lead_ids and at_work.issuperset(
        allocation.owner.values()
    ):
        return
    for lead_id, rep_id in allocation.owner.items():
        if lead_id not in lead_ids:
            yield Violation("known leads", lead_id, rep_id, "not among the leads")
        if rep_id not in allocation.rep_rows:
            yield Violation("known reps", lead_id, rep_id, "not among the reps")
        elif rep_id in allocation.away:
            yield Violation("availability", lead_id, rep_id, "the rep is away")
