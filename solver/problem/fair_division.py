"""The fair division of a day's leads among the reps who could get them."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from solver.problem.constraints import TOLERANCE, Share, outside
from solver.problem.problem import Problem


def fair_division(problem: Problem, share: Share) -> NDArray[np.float64]:
    """Return the part of each lead that its reps could fairly have, shape (n_pairs,).

    Every lead that counts is divided among the reps who may have it, in proportion to
    `share.fair`. Whoever is full then, under the slots and the hard upper limits of
    the day, keeps what fits, and the rest is divided among the others. A lead that is
    too large for a limit by itself is no rep's of that limit.

    In rounds: of the bounds that the division of what is left would exceed, each
    that is the tightest on all of its pairs takes its parts in proportion, and closes.
    """
    lead, rep, claim = problem.lead, problem.rep, share.fair
    bounds, room = _bounds(problem)
    part, left = np.zeros(problem.n_pairs), np.ones(problem.n_leads)
    is_open = (share.weight[lead] > 0) & (claim[rep] > 0)
    is_open &= fitting_pairs(problem)
    while True:
        claims = np.where(is_open, claim[rep], 0.0)
        of_lead = np.bincount(lead, claims, problem.n_leads)
        asked = np.divide(
            claims, of_lead[lead], out=np.zeros_like(claims), where=is_open
        )
        asked *= left[lead]
        scale, closing = _settled(bounds, room, asked)
        if not closing.any():
            return part + asked
        taken = np.where(closing, scale * asked, 0.0)
        part += taken
        left = np.maximum(left - np.bincount(lead, taken, problem.n_leads), 0.0)
        room = np.maximum(room - bounds.load(taken), 0.0)
        is_open &= ~closing


def fitting_pairs(problem: Problem) -> NDArray[np.bool_]:
    """Tell which pairs fit into every hard upper limit alone, shape (n_pairs,)."""
    fits = ~problem.uses_slot | (problem.capacity[problem.rep] > 0)
    for limit in problem.limits:
        if limit.is_hard:
            fits[limit.pair] &= outside(limit.weight, -np.inf, limit.upper) == 0
    return fits


@dataclass(frozen=True, eq=False)
class _Bounds:
    """The weights of pairs in upper bounds, an entry each."""

    bound: NDArray[np.integer[Any]]
    pair: NDArray[np.int64]
    weight: NDArray[np.float64]
    n_bounds: int

    def load(self, part: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return the sum of each bound, shape (n_bounds,), of parts (n_pairs,)."""
        amount = self.weight * part[self.pair]
        return np.bincount(self.bound, amount, self.n_bounds).astype(float)


def _bounds(problem: Problem) -> tuple[_Bounds, NDArray[np.float64]]:
    """Return the weights of pairs in each upper bound, and the bounds."""
    slotted = np.flatnonzero(problem.uses_slot)
    limits = [x for x in problem.limits if x.is_hard and np.isfinite(x.upper)]
    sizes = [len(limit.pair) for limit in limits]
    row = np.concatenate(
        [
            problem.rep[slotted],
            problem.n_reps + np.repeat(np.arange(len(limits)), sizes),
        ]
    )
    column = np.concatenate([slotted, *(limit.pair for limit in limits)])
    weight = np.concatenate([np.ones(len(slotted)), *(x.weight for x in limits)])
    room = np.concatenate([problem.capacity, [limit.upper for limit in limits]])
    return _Bounds(row, column, weight, len(room)), room.astype(float)


def _settled(
    bounds: _Bounds, room: NDArray[np.float64], asked: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    """Return how much of what is asked fits, and which pairs close, each (n_pairs,)."""
    load = bounds.load(asked)
    over = load > room + TOLERANCE * np.maximum(1.0, room)
    fits = np.divide(room, load, out=np.ones_like(load), where=over)
    asking = (asked[bounds.pair] > 0) & (bounds.weight > 0)
    row, column = bounds.bound[asking], bounds.pair[asking]
    scale = np.ones(len(asked))
    np.minimum.at(scale, column, fits[row])
    tightest = np.ones(len(load))
    np.minimum.at(tightest, row, scale[column])
    settled = over & (tightest >= fits)
    closing = np.zeros(len(asked), dtype=bool)
    closing[column[settled[row]]] = True
    return scale, closing
