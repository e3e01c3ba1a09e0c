"""From the day's tables, rules and scores to a problem whose pairs are computed."""

from collections.abc import Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

import numpy as np
from numpy.typing import NDArray

from crm import CrmData
from scoring import PairScores
from solver.building.day import Day
from solver.building.demands import (
    Known,
    must_have_owner,
    skip_costs,
    slots_of_reps,
)
from solver.building.scored_pairs import ScoredPairs
from solver.building.segmenting import Segmentation, joined, segmentation
from solver.problem.factorised import Exceptions, FactorisedProblem
from solver.problem.segments import Segments
from solver.rules.base import Rule


@dataclass(frozen=True, eq=False)
class LeadParts:
    """Of some leads, all that their pairs are computed from.

    Attributes
    ----------
    segmentation
        Their segments.
    log_odds
        Shape (n_leads,); of a win with an average rep.
    amount
        Shape (n_leads,); what a win counts for.
    lead_factors
        Shape (n_leads, k); their side of the interaction.
    must
        Shape (n_leads,); whether leaving the lead unassigned is forbidden.
    skip_cost
        Shape (n_leads,); what leaving it unassigned costs.
    """

    segmentation: Segmentation
    log_odds: NDArray[np.float64]
    amount: NDArray[np.float64]
    lead_factors: NDArray[np.float64]
    must: NDArray[np.bool_]
    skip_cost: NDArray[np.float64]

    @classmethod
    def together(cls, parts: Sequence["LeadParts"]) -> "LeadParts":
        """Return the same of all leads, part after part."""
        columns = (
            np.concatenate([getattr(part, name) for part in parts])
            for name in ("log_odds", "amount", "lead_factors", "must", "skip_cost")
        )
        return cls(joined([part.segmentation for part in parts]), *columns)


def bounds_sums(rules: Sequence[Rule]) -> list[Rule]:
    """Return the rules that say more than which pair may be, at what charge.

    With any of them, a day cannot be decided from segments and slots.
    """
    return [rule for rule in rules if rule.cost > 0 and not rule.is_of_pairs]


def lead_parts(
    crm: CrmData,
    rules: Sequence[Rule],
    scores: PairScores,
    amount: NDArray[np.float64],
    known: Known = MappingProxyType({}),
) -> LeadParts:
    """Return what the pairs of these leads are computed from.

    Parameters
    ----------
    crm
        The tables; they carry the scored columns that rules ask for.
    rules
        None of those that :func:`bounds_sums` returns.
    amount
        Shape (n_leads,); what each lead counts for once won.
    known
        What rules are known to allow.
    """
    return LeadParts(
        segmentation(crm, rules, known),
        scores.lead,
        amount,
        scores.lead_factors.reshape(len(amount), scores.lead_factors.shape[1]),
        must_have_owner(crm, rules),
        skip_costs(crm, rules),
    )


def can_be_factorised(day: Day) -> bool:
    """Tell whether a day can be decided from segments of its leads."""
    return isinstance(day.pair_value, ScoredPairs) and not bounds_sums(day.rules)


def factorised_day(day: Day, rules: Sequence[Rule]) -> FactorisedProblem:
    """Return the problem of a day's leads under some of its rules.

    Parameters
    ----------
    day
        One that :func:`can_be_factorised`.
    """
    values = day.pair_value
    assert isinstance(values, ScoredPairs)
    return factorised_problem(
        lead_parts(day.crm, rules, values.scores, values.amount, day.known_filters),
        day.crm,
        rules,
        values.scores,
        lead_ids=day.problem.lead_ids,
        step=values.step,
    )


def factorised_problem(
    parts: LeadParts,
    crm: CrmData,
    rules: Sequence[Rule],
    scores: PairScores,
    *,
    lead_ids: NDArray[Any],
    step: float = 0.0,
) -> FactorisedProblem:
    """Return the problem of these leads, with the day's reps.

    Parameters
    ----------
    crm
        Its reps; its leads may be any part of the day's.
    scores
        What its reps add.
    lead_ids
        Shape (n_leads,); unique.
    step
        What reps add to log odds counts in whole steps of so much; 0 for no steps.
    """
    found = parts.segmentation
    problem = FactorisedProblem(
        lead_ids=lead_ids,
        rep_ids=crm.reps["rep_id"].to_numpy(dtype=object),
        segments=Segments(found.start, found.rep, scores.rep[found.rep], found.charge),
        segment=found.of_lead,
        log_odds=parts.log_odds,
        amount=parts.amount,
        capacity=slots_of_reps(crm, rules, len(lead_ids)),
        must=parts.must,
        skip_cost=parts.skip_cost,
        lead_factors=parts.lead_factors
        if scores.rep_factors.size
        else np.empty((0, 0)),
        rep_factors=scores.rep_factors,
        step=step,
    )
    if found.uses_slot.all():
        return problem
    return problem.replace(exceptions=_without_slot(problem, found))


def _without_slot(problem: FactorisedProblem, found: Segmentation) -> Exceptions:
    """Return the pairs that take no slot, with the values they have anyway."""
    free = np.flatnonzero(~found.uses_slot)
    ends = np.searchsorted(free, found.start)
    count = np.diff(ends)[found.of_lead]
    lead = np.repeat(np.arange(problem.n_leads), count)
    shift = np.repeat(ends[:-1][found.of_lead] - np.cumsum(count) + count, count)
    entry = free[np.arange(len(lead)) + shift]
    return Exceptions(
        lead,
        found.rep[entry],
        np.ones(len(lead), dtype=bool),
        problem.values(lead, entry),
        np.zeros(len(lead), dtype=bool),
    )
