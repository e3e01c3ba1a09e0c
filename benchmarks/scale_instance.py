"""Factorised days of any size: territories, products and tiers make the segments."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from solver.problem.factorised import FactorisedProblem
from solver.problem.segments import Segments

SHAPES = ("plain", "linked", "tied", "dense", "tailed")
"""One territory per rep; one rep in five in two; few distinct values; one segment for
all; slots of reps that differ by orders of magnitude."""
N_TERRITORIES, N_PRODUCTS, N_TIERS = 20, 5, 3


@dataclass(frozen=True, eq=False)
class _Segments:
    territory: NDArray[np.int64]
    product: NDArray[np.int64]
    tier: NDArray[np.int64]


def instance(n_leads: int, n_reps: int, shape: str, *, seed: int) -> FactorisedProblem:
    """Return a day of this size and shape, with about as many slots as leads."""
    rng = np.random.default_rng(seed)
    size = (1, 1, 1) if shape == "dense" else (N_TERRITORIES, N_PRODUCTS, N_TIERS)
    parts = _Segments(*(part.ravel() for part in np.indices(size)))
    eligible = _eligible(parts, size, n_reps, shape, rng)
    rep = np.nonzero(eligible)[1]
    added = rng.normal(0, 0.35, n_reps)[rep] + rng.normal(0, 0.25, len(rep))
    log_odds = rng.normal(-2, 1, n_leads)
    of_lead = rng.choice(len(parts.tier), n_leads, p=_shares(parts))
    amount = np.exp(rng.normal(0, 0.8, n_leads)) * 3.0 ** parts.tier[of_lead]
    if shape == "tied":
        added, log_odds = np.round(added * 4) / 4, np.round(log_odds * 2) / 2
        amount = 3.0 ** parts.tier[of_lead]
    return FactorisedProblem(
        lead_ids=np.arange(n_leads),
        rep_ids=np.arange(n_reps),
        segments=Segments(
            np.concatenate([[0], np.cumsum(eligible.sum(axis=1))]),
            rep.astype(np.int32),
            added,
            np.zeros(len(rep)),
        ),
        segment=of_lead.astype(np.int32),
        log_odds=log_odds,
        amount=amount,
        capacity=_slots(n_leads, n_reps, shape, rng),
        must=np.zeros(n_leads, dtype=bool),
        skip_cost=np.zeros(n_leads),
    )


def _eligible(
    parts: _Segments,
    size: tuple[int, int, int],
    n_reps: int,
    shape: str,
    rng: np.random.Generator,
) -> NDArray[np.bool_]:
    """Return which reps serve which segment, shape (n_segments, n_reps)."""
    home = rng.integers(size[0], size=n_reps)
    second = rng.integers(size[0], size=n_reps)
    second = np.where((rng.random(n_reps) < 0.2) & (shape == "linked"), second, home)
    serves = (parts.territory[:, None] == home) | (parts.territory[:, None] == second)
    sells = rng.random((n_reps, size[1])) < (0.8 if shape == "dense" else 0.45)
    sells[np.arange(n_reps), rng.integers(size[1], size=n_reps)] |= shape != "dense"
    tier = rng.choice(N_TIERS, n_reps, p=(0.4, 0.35, 0.25))
    return serves & sells.T[parts.product] & (tier >= parts.tier[:, None])


def _shares(parts: _Segments) -> NDArray[np.float64]:
    share = np.array([0.6, 0.3, 0.1])[parts.tier]
    return share / share.sum()


def _slots(
    n_leads: int, n_reps: int, shape: str, rng: np.random.Generator
) -> NDArray[np.int64]:
    size = rng.lognormal(0, 1.5, n_reps) if shape == "tailed" else np.ones(n_reps)
    return rng.poisson(n_leads * size / size.sum()).astype(np.int64) + 1
