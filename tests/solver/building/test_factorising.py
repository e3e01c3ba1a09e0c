"""A day's segments give the pairs of the day, whole or in parts."""

from dataclasses import replace

import numpy as np
import pytest

from crm import CrmData
from scoring import PairScores
from solver import Rule, build_day
from solver.building import (
    LeadParts,
    bounds_sums,
    factorised_problem,
    lead_parts,
)
from solver.problem.factorised import FactorisedProblem
from solver.problem.problem import Problem
from tests.solver.days import rules_of
from tests.solver.random_companies import MENUS, random_day

SEEDS = [
    pytest.param(seed, marks=() if seed % 8 == 0 else pytest.mark.slow)
    for seed in range(len(MENUS))
]
ARRAYS = ("indptr", "rep", "value", "uses_slot", "capacity", "must", "skip_cost")


def scores_of(crm: CrmData, seed: int) -> tuple[PairScores, np.ndarray]:
    """Return scores with interactions, and what each lead counts for."""
    rng, n_leads, n_reps = np.random.default_rng(seed), len(crm.leads), len(crm.reps)
    of_leads, of_reps = rng.normal(size=(n_leads, 2)), rng.normal(size=(n_reps, 2))
    scores = PairScores(
        rng.normal(size=n_leads), rng.normal(size=n_reps), of_leads, of_reps
    )
    return scores, rng.lognormal(size=n_leads)


def of_leads(
    crm: CrmData, scores: PairScores, own: slice
) -> tuple[CrmData, PairScores]:
    """Return tables and scores of some of the leads."""
    leads = crm.leads.iloc[own].reset_index(drop=True)
    factors = scores.lead_factors[own]
    return replace(crm, leads=leads), replace(
        scores, lead=scores.lead[own], lead_factors=factors
    )


def factorised(
    crm: CrmData, rules: list[Rule], seed: int, cuts: list[int], step: float = 0.0
) -> FactorisedProblem:
    """Return the problem made of parts of the leads, cut at these places."""
    scores, amount = scores_of(crm, seed)
    ends = [0, *cuts, len(crm.leads)]
    parts = []
    for own in map(slice, ends, ends[1:]):
        leads, theirs = of_leads(crm, scores, own)
        parts.append(lead_parts(leads, rules, theirs, amount[own]))
    lead_ids = crm.leads["lead_id"].to_numpy(dtype=object)
    together = LeadParts.together(parts)
    return factorised_problem(
        together, crm, rules, scores, lead_ids=lead_ids, step=step
    )


def stored(crm: CrmData, rules: list[Rule], seed: int) -> Problem:
    """Return the problem with its pairs stored."""
    scores, amount = scores_of(crm, seed)
    return build_day(
        crm, rules, lambda lead, rep: scores.probability(lead, rep) * amount[lead]
    ).problem


@pytest.mark.parametrize("seed", SEEDS)
def test_segments_give_the_pairs_of_the_day(seed: int) -> None:
    """To the last bit, in one part or in several."""
    company, menu = random_day(seed)
    rules = rules_of(*menu)
    rules = [rule for rule in rules if rule not in bounds_sums(rules)]
    crm = company.crm
    expected = stored(crm, rules, seed)
    cut = np.random.default_rng(seed).integers(len(crm.leads) + 1)
    for cuts in [], [int(cut)]:
        problem = factorised(crm, rules, seed, cuts).stored()
        for name in ARRAYS:
            assert np.array_equal(getattr(problem, name), getattr(expected, name)), name


def test_rules_on_sums_are_named() -> None:
    """What segments and slots cannot say is not lost."""
    rules = rules_of(
        *[
            {"kind": "capacity"},
            {"kind": "territory"},
            {"kind": "capacity", "name": "hot", "where": {"priority": "hot"}},
            {"kind": "team_quota", "name": "teams", "quotas": {"north": {"max": 3}}},
            {"kind": "workload"},
            {"kind": "one_owner"},
            {"kind": "fair_share", "min_share": 0.5},
            {"kind": "stability", "name": "moves", "max_moves": 3},
            {"kind": "stability"},
        ]
    )
    assert [rule.name for rule in bounds_sums(rules)] == [
        "hot",
        "teams",
        "workload",
        "one_owner",
        "fair_share",
        "moves",
    ]
