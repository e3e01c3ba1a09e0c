"""Factorised days as a judge would draw them: shapes that make prices hang together."""

import numpy as np

from solver.problem.exceptions import Exceptions
from solver.problem.factorised import FactorisedProblem
from solver.problem.segments import Segments

SCALES = (1.0, 1e-6, 1e6)


def hostile_day(
    seed: int, n_leads: int = 150, n_reps: int = 24, *, hard: bool = True
) -> FactorisedProblem:
    """Return a day whose traits are drawn one by one, scaled values among them.

    Parameters
    ----------
    hard
        Whether leads may have to be assigned.
    """
    rng = np.random.default_rng(seed)
    eligible = _served(rng, n_reps)
    start = np.concatenate([[0], np.cumsum(eligible.sum(axis=1))])
    rep = np.nonzero(eligible)[1].astype(np.int32)
    unit = SCALES[seed % 3]
    log_odds, added, amount = _values(rng, n_leads, len(rep))
    charge = np.where(rng.random(len(rep)) < rng.choice([0, 0.3]), 0.2, 0.0)
    segment = rng.integers(0, len(eligible), n_leads).astype(np.int32)
    skips = rng.random(n_leads) < rng.choice([0.0, 0.3])
    return FactorisedProblem(
        lead_ids=np.array([f"L{i}" for i in range(n_leads)], dtype=object),
        rep_ids=np.array([f"R{j}" for j in range(n_reps)], dtype=object),
        segments=Segments(start, rep, added, charge * unit),
        segment=segment,
        log_odds=log_odds,
        amount=amount * unit,
        capacity=_slots(rng, n_leads, n_reps),
        must=(rng.random(n_leads) < rng.choice([0.0, 0.05])) & hard,
        skip_cost=np.where(skips, rng.random(n_leads), 0.0) * unit,
        exceptions=_exceptions(rng, n_leads, n_reps, unit),
    )


def _served(rng, n_reps):
    """Few large territories, some reps in nearly all; or one; or overlapping ones."""
    n_segments = int(rng.choice([1, 2, 3, 6]))
    home = rng.integers(0, n_segments, n_reps)
    served = np.arange(n_segments)[:, None] == home
    roams = rng.random(n_reps) < rng.choice([0.0, 0.2, 0.6])
    return served | (roams & (rng.random((n_segments, n_reps)) < 0.7))


def _values(rng, n_leads, n_entries):
    log_odds, added = rng.normal(-1, 1, n_leads), rng.normal(0, 0.4, n_entries)
    amount = np.exp(rng.normal(0, rng.choice([0.5, 3.0]), n_leads))
    kind = rng.integers(6)
    if kind == 1:
        log_odds, added, amount = np.round(log_odds), np.round(added), amount * 0 + 1
    if kind == 2:
        log_odds, added, amount = log_odds * 0, added * 0, amount * 0 + 1
    if kind == 3:
        amount = amount * 0
    if kind == 4:
        amount = -amount
    if kind == 5:
        added = added * 0
    return log_odds, added, amount


def _slots(rng, n_leads, n_reps):
    """Return no slots, more than leads, long tails, too few, or about as many."""
    even = rng.poisson(n_leads / n_reps, n_reps)
    kind = rng.integers(5)
    if kind == 0:
        return np.where(rng.random(n_reps) < 0.5, 0, even)
    if kind == 1:
        return np.full(n_reps, n_leads + 7)
    if kind == 2:
        tail = rng.pareto(0.7, n_reps)
        return np.round(n_leads * tail / tail.sum()).astype(np.int64)
    return even // 2 if kind == 3 else even


def _exceptions(rng, n_leads, n_reps, unit):
    """Return locks, exclusions and owners without a slot for some leads."""
    k = int(rng.choice([0, 5, 40]))
    code = np.sort(rng.choice(n_leads * n_reps, k, replace=False))
    return Exceptions(
        code // n_reps,
        (code % n_reps).astype(np.int32),
        rng.random(k) < 0.6,
        rng.random(k) * unit,
        rng.random(k) < 0.7,
    )
