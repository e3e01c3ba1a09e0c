"""Days of slots alone, in every shape that has made trouble for a solver."""

import numpy as np
from numpy.typing import NDArray

from solver.problem.exceptions import Exceptions
from solver.problem.factorised import FactorisedProblem
from solver.problem.problem import Problem
from solver.problem.segments import Segments
from tests.solver.instances import problem_of

UNITS = (1.0, 1e-6, 1e6)


def values(kind: int, n_leads: int, n_reps: int, rng: np.random.Generator):
    """Return a table of values of one of eight kinds."""
    value = rng.uniform(-0.2, 1, (n_leads, n_reps))
    kinds = (
        lambda: value,
        lambda: np.round(value * 4) / 4,
        lambda: np.zeros_like(value),
        lambda: np.full_like(value, 0.5),
        lambda: -np.abs(value),
        lambda: np.exp(rng.normal(0, 3, value.shape)),
        lambda: np.outer(rng.random(n_leads), rng.integers(1, 3, n_reps)),
        lambda: value + np.where(rng.random(value.shape) < 0.05, 1e3, 0.0),
    )
    return kinds[kind]()


def stored_day(seed: int) -> Problem:
    """Return up to 60 leads and 8 reps; the seed decides kind, unit and rules."""
    rng = np.random.default_rng(seed)
    n_leads, n_reps = int(rng.integers(1, 60)), int(rng.integers(1, 9))
    value = values(seed % 8, n_leads, n_reps, rng) * UNITS[rng.integers(3)]
    value[rng.random(value.shape) < rng.choice([0.0, 0.3, 0.7])] = np.nan
    known = value[~np.isnan(value)]
    size = float(np.abs(known).max(initial=1.0))
    capacity = rng.integers(0, max(2, 2 * n_leads // n_reps + 1), n_reps)
    if rng.random() < 0.2:
        capacity[:] = n_leads + 5
    skips = (rng.random(n_leads) < 0.3) & (rng.random() < 0.5)
    return problem_of(
        value,
        capacity,
        must=rng.random(n_leads) < rng.choice([0.0, 0.1, 0.5]),
        uses_slot=rng.random(len(known)) < rng.choice([1.0, 0.9, 0.5]),
        skip_cost=np.where(skips, rng.uniform(0, 2, n_leads) * size, 0.0),
    )


def factorised_day(seed: int, n_leads: int = 60, n_reps: int = 8) -> FactorisedProblem:
    """Return a day with charges, exceptions and, by the seed, factors and steps."""
    rng = np.random.default_rng(seed)
    n_segments = 5
    eligible = rng.random((n_segments, n_reps)) < 0.6
    start = np.concatenate([[0], np.cumsum(eligible.sum(axis=1))])
    rep = np.nonzero(eligible)[1].astype(np.int32)
    n_factors = seed % 3
    k = min(12, n_leads)
    code = np.sort(rng.choice(n_leads * n_reps, k, replace=False))
    return FactorisedProblem(
        lead_ids=np.array([f"L{i}" for i in range(n_leads)], dtype=object),
        rep_ids=np.array([f"R{j}" for j in range(n_reps)], dtype=object),
        segments=Segments(
            start,
            rep,
            rng.normal(0, 0.3, len(rep)),
            np.where(rng.random(len(rep)) < 0.3, 0.05, 0.0),
        ),
        segment=rng.integers(0, n_segments, n_leads).astype(np.int32),
        log_odds=rng.normal(-1, 1, n_leads),
        amount=rng.choice([1.0, 3.0, 10.0], n_leads),
        capacity=rng.integers(0, 2 * n_leads // n_reps, n_reps),
        must=rng.random(n_leads) < 0.05,
        skip_cost=np.where(rng.random(n_leads) < 0.2, 0.3, 0.0),
        lead_factors=rng.normal(size=(n_leads, n_factors)),
        rep_factors=rng.normal(0, 0.3, (n_reps, n_factors)),
        step=0.25 if seed % 2 else 0.0,
        exceptions=Exceptions(
            code // n_reps,
            (code % n_reps).astype(np.int32),
            rng.random(k) < 0.6,
            rng.random(k),
            rng.random(k) < 0.7,
        ),
    )


def one_segment(added: NDArray[np.float64], **parts) -> FactorisedProblem:
    """Return a day on which every lead may have every rep.

    Parameters
    ----------
    added
        Shape (n_reps,); what each rep adds to the log odds.
    parts
        What else makes a day; leads without `must` and `skip_cost` need not be
        assigned.
    """
    n_leads, n_reps = len(parts["log_odds"]), len(added)
    segments = Segments(
        np.array([0, n_reps]),
        np.arange(n_reps, dtype=np.int32),
        added,
        np.zeros(n_reps),
    )
    optional = {"must": np.zeros(n_leads, dtype=bool), "skip_cost": np.zeros(n_leads)}
    return FactorisedProblem(
        lead_ids=np.arange(n_leads),
        rep_ids=np.arange(n_reps),
        segments=segments,
        segment=np.zeros(n_leads, dtype=np.int32),
        **(optional | parts),
    )
