"""Drawn days under mixed rules, which only a mixed-integer engine can decide."""

from collections.abc import Iterable, Iterator

import numpy as np
from numpy.typing import NDArray

from solver import Problem
from solver.problem.constraints import Group, Limit, Share

LEADS, REPS = (30, 200), (6, 40)
HOURS = 8.0
Range = tuple[int, int]


def mixed_day(seed: int, leads: Range = LEADS, reps: Range = REPS) -> Problem:
    """Return the day of this seed, with 2 to 6 kinds of rules.

    Eligibility is by territory, the value of a pair is in conversions or in revenue,
    and half the kinds are hard. Leaving every lead unassigned is always allowed.
    """
    rng = np.random.default_rng(seed)
    problem = _plain_day(rng, leads, reps)
    kinds = [_workload, _owners, _shares, _least, _most, _moves, _costly, _teams]
    chosen = rng.choice(len(kinds), int(rng.integers(2, 7)), replace=False)
    for kind in sorted(chosen):
        problem = kinds[kind](problem, rng)
    return problem


def _plain_day(rng: np.random.Generator, leads: Range, reps: Range) -> Problem:
    n_leads, n_reps = int(rng.integers(*leads)), int(rng.integers(*reps))
    n_territories = int(rng.integers(1, 6))
    eligible = rng.integers(n_territories, size=(n_leads, 1)) == rng.integers(
        n_territories, size=n_reps
    )
    eligible |= rng.random((n_leads, n_reps)) < 0.1
    lead, rep = np.nonzero(eligible)
    log_odds = (
        rng.normal(-2, 1, n_leads)[lead]
        + rng.normal(0, 0.4, n_reps)[rep]
        + rng.normal(0, 0.3, len(lead))
    )
    deal = np.rint(rng.lognormal(8, 1, n_leads)) if rng.random() < 0.5 else None
    probability = 1 / (1 + np.exp(-log_odds))
    return Problem(
        lead_ids=np.array([f"L{number}" for number in range(n_leads)]),
        rep_ids=np.array([f"R{number}" for number in range(n_reps)]),
        indptr=np.concatenate([[0], np.cumsum(eligible.sum(axis=1))]),
        rep=rep.astype(np.int32),
        value=probability if deal is None else probability * deal[lead],
        capacity=rng.integers(0, max(3, 3 * n_leads // n_reps), n_reps),
        arrival=np.arange(n_leads),
        must=np.zeros(n_leads, dtype=bool),
        uses_slot=np.ones(len(lead), dtype=bool),
        skip_cost=np.zeros(n_leads),
    )


def _workload(problem: Problem, rng: np.random.Generator) -> Problem:
    hours = rng.choice([0.5, 0.75, 1.0, 1.5, 2.25, 4.0], problem.n_leads)
    penalty = _penalty(problem, rng)
    return _limited(
        problem,
        (
            Limit(
                "workload",
                "rep_hours",
                problem.rep_ids[rep],
                pair,
                hours[problem.lead[pair]],
                upper=HOURS * float(rng.choice([0.5, 1.0])),
                penalty=penalty,
            )
            for rep, pair in _of_reps(problem)
        ),
    )


def _owners(problem: Problem, rng: np.random.Generator) -> Problem:
    company = rng.integers(max(2, problem.n_leads // 3), size=problem.n_leads)
    penalty = _penalty(problem, rng)
    groups = [np.flatnonzero(company == number) for number in np.unique(company)]
    return problem.replace(
        groups=tuple(
            Group("one_owner", f"C{number}", lead, penalty)
            for number, lead in enumerate(groups)
            if len(lead) > 1
        )
    )


def _shares(problem: Problem, rng: np.random.Generator) -> Problem:
    fair = np.where(problem.capacity > 0, problem.capacity, 0).astype(float)
    least, penalty = float(rng.choice([0.0, 0.4])), _penalty(problem, rng)
    weight = np.ones(problem.n_leads)
    if rng.random() < 0.5:
        weight = rng.uniform(0.5, 2.0, problem.n_leads)
    most = float(rng.choice([1.5, 3.0]))
    share = Share("fair_share", weight, fair / max(fair.sum(), 1), least, most, penalty)
    return problem.replace(shares=(share,))


def _least(problem: Problem, rng: np.random.Generator) -> Problem:
    penalty = float(rng.choice([0.3, 3.0])) * _typical(problem)
    return _limited(
        problem,
        (
            Limit(
                "min_per_rep",
                "min_per_rep",
                problem.rep_ids[rep],
                pair,
                np.ones(len(pair)),
                lower=2.0,
                penalty=penalty,
            )
            for rep, pair in _of_reps(problem)
        ),
    )


def _most(problem: Problem, rng: np.random.Generator) -> Problem:
    some, penalty = rng.random(problem.n_leads) < 0.3, _penalty(problem, rng)
    return _limited(
        problem,
        (
            Limit(
                "max_per_rep",
                "max_per_rep",
                problem.rep_ids[rep],
                pair[some[problem.lead[pair]]],
                np.ones(int(some[problem.lead[pair]].sum())),
                upper=2.0,
                penalty=penalty,
            )
            for rep, pair in _of_reps(problem)
        ),
    )


def _moves(problem: Problem, rng: np.random.Generator) -> Problem:
    yesterday = rng.integers(problem.n_reps, size=problem.n_leads)
    moved = np.flatnonzero(problem.rep != yesterday[problem.lead])
    return _limited(
        problem,
        [
            Limit(
                "stability",
                "moves",
                "",
                moved,
                np.ones(len(moved)),
                upper=float(problem.n_leads // 4),
                penalty=_penalty(problem, rng),
            )
        ],
    )


def _costly(problem: Problem, rng: np.random.Generator) -> Problem:
    urgent = rng.random(problem.n_leads) < 0.2
    return problem.replace(skip_cost=urgent * 3 * _typical(problem))


def _teams(problem: Problem, rng: np.random.Generator) -> Problem:
    team = rng.integers(3, size=problem.n_reps)[problem.rep]
    pairs = [np.flatnonzero(team == number) for number in range(3)]
    penalty = _penalty(problem, rng)
    return _limited(
        problem,
        (
            Limit(
                "team_quota",
                "team_slot",
                f"team {number}",
                pair,
                np.ones(len(pair)),
                upper=float(problem.n_leads // 4),
                penalty=penalty,
            )
            for number, pair in enumerate(pairs)
        ),
    )


def _penalty(problem: Problem, rng: np.random.Generator) -> float:
    """Return what a breach costs: everything, or some typical values."""
    return np.inf if rng.random() < 0.5 else rng.uniform(0.1, 3) * _typical(problem)


def _typical(problem: Problem) -> float:
    return float(problem.value.mean()) if problem.n_pairs else 1.0


def _of_reps(problem: Problem) -> Iterator[tuple[int, NDArray[np.int64]]]:
    """Yield the pairs of each rep who has any."""
    for rep in np.unique(problem.rep).tolist():
        yield rep, np.flatnonzero(problem.rep == rep)


def _limited(problem: Problem, limits: Iterable[Limit]) -> Problem:
    return problem.replace(limits=(*problem.limits, *limits))
