"""Reps ranked for one lead, with how sure the differences are."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from crm.rep_names import names_of
from reporting.text.reps.recommendation import Recommendation, RecommendedRep
from reporting.text.words.people import rep_name
from scoring import PairScores
from solver import Candidate, Day, Result, Solution, candidates
from solver.explain.counterfactuals import Counterfactuals
from solver.problem.deadline import Deadline


@dataclass(frozen=True, eq=False)
class Decided:
    """A day, its scores, and who has which of its leads.

    Attributes
    ----------
    day, scores
        The problem, and the log odds of its pairs.
    value
        What each lead counts once won, (n_leads,).
    solution
        Who has which lead.
    unit, source
        What the objective counts, and how people call the day.
    result
        How it was solved, where forcing a rep can be solved again; else `None`.
    notes
        What else to know, in sentences.
    """

    day: Day
    scores: PairScores
    value: NDArray[np.float64]
    solution: Solution
    unit: str
    source: str
    result: Result | None = None
    notes: tuple[str, ...] = ()

    @property
    def names(self) -> dict[str, str]:
        """rep_id -> name."""
        return names_of(self.day.crm.reps)


def ranked(
    decided: Decided, lead_id: str, n: int, *, seed: int, time_limit: float
) -> Recommendation:
    """Return the best reps for a lead of a day.

    Parameters
    ----------
    n
        How many.
    seed, time_limit
        For solving again with each of them; seconds for all.
    """
    lead = list(decided.day.problem.lead_ids).index(lead_id)
    found = candidates(decided.day, decided.solution, lead)
    eligible = [candidate for candidate in found if not candidate.excluded_by]
    excluded = [candidate for candidate in found if candidate.excluded_by]
    best = eligible[0] if eligible else found[0] if found else None
    if best is None:
        return Recommendation(lead_id, decided.unit, decided.source, (), (), 0)
    if eligible:
        excluded = [other for other in excluded if other.value >= best.value]
    listed = _listed(eligible, n)
    forced = _forced(decided, lead, listed, seed, time_limit)
    owner = decided.solution.owner.get(lead_id, "")
    return Recommendation(
        lead_id,
        decided.unit,
        decided.source,
        tuple(
            replace(_rep(decided, lead, candidate, best), **forced[candidate.rep])
            for candidate in listed
        ),
        tuple(_rep(decided, lead, candidate, best) for candidate in excluded[:n]),
        len(eligible),
        rep_name(owner, decided.names) if owner else "",
        tells_reps_apart=_differ(decided.scores),
        notes=decided.notes,
    )


def _listed(eligible: list[Candidate], n: int) -> list[Candidate]:
    """Return the best, whoever has the lead, and the best who could have it now."""
    first_free = next((candidate for candidate in eligible if candidate.is_free), None)
    return [
        candidate
        for place, candidate in enumerate(eligible)
        if place < n or candidate.is_owner or candidate is first_free
    ]


def _rep(
    decided: Decided, lead: int, candidate: Candidate, best: Candidate
) -> RecommendedRep:
    reps = decided.day.crm.reps.iloc[candidate.rep]
    at, of_best = _errors(decided, lead, candidate.rep, best.rep)
    p_convert = decided.scores.probability(np.array([lead]), np.array([candidate.rep]))[
        0
    ]
    return RecommendedRep(
        rep_id=reps["rep_id"],
        name=reps["name"],
        team=reps["team"],
        p_convert=float(p_convert),
        value=candidate.value,
        behind=best.value - candidate.value,
        error=0.0 if candidate.rep == best.rep else math.hypot(at, of_best),
        charges=candidate.charges,
        excluded_by=candidate.excluded_by,
        obstacles=candidate.obstacles,
        slots_left=candidate.slots_left,
        is_owner=candidate.is_owner,
    )


def _errors(decided: Decided, lead: int, *reps: int) -> list[float]:
    """Return the standard errors of a lead's value with reps, by the rep effects'."""
    leads, at = np.full(len(reps), lead), np.array(reps)
    p_convert = decided.scores.probability(leads, at)
    error = p_convert * (1 - p_convert) * decided.scores.error(leads, at)
    return [float(part) for part in error * decided.value[lead]]


def _forced(
    decided: Decided,
    lead: int,
    listed: list[Candidate],
    seed: int,
    time_limit: float,
) -> Mapping[int, dict[str, Any]]:
    """Return rep -> dual price, and what forcing the rep loses, where that is known."""
    result, problem = decided.result, decided.day.problem
    if result is None or not result.status.has_solution:
        return {candidate.rep: {} for candidate in listed}
    what_if = Counterfactuals(decided.day, result, seed, Deadline.after(time_limit))
    forced: dict[int, dict[str, Any]] = {}
    start, end = problem.indptr[lead : lead + 2]
    for candidate in listed:
        pair = int(start + np.searchsorted(problem.rep[start:end], candidate.rep))
        price = {"price": float(result.pair_price[pair])}
        if result.solution.chosen[pair]:
            forced[candidate.rep] = {**price, "forced_cost": 0.0, "is_proven": True}
            continue
        loss = what_if.forcing(pair)
        forced[candidate.rep] = {
            **price,
            "forced_cost": loss.amount,
            "is_proven": loss.is_proven,
        }
    return forced


def _differ(scores: PairScores) -> bool:
    """Tell whether the model scores reps differently."""
    return bool(scores.rep.any() or scores.rep_factors.any())
