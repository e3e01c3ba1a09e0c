"""The dual function made smooth: leads that hesitate take a part of each option.

At its temperature t, a lead with options that leave it u_1, u_2, ... gains
t * log(sum of exp(u / t)) instead of the largest of them, and takes of option k the
share exp(u_k / t) / sum of exp(u / t). The smooth dual function has the reps' free
slots at these shares as its gradient, and a second derivative.

References
----------
Nesterov (2005), Smooth minimization of non-smooth functions, Mathematical Programming
103.
"""

from collections.abc import Callable
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from solver.engines.price.dual.offers import TILE, offers, tile_end
from solver.engines.price.dual.sizes import best_of_tile
from solver.engines.price.machine.compiled import compiled, compiled_sweep
from solver.engines.price.machine.crew import Crew
from solver.engines.price.market.market import Entries, Leads, Market

FARTHEST = 9.0
"""Options that leave so many temperatures less than the best have no share."""
PER_LEAD = 4
"""Shares of a lead that there is room for at first."""
MOST_REPS, FEW_SHARES, N_PRODUCTS = 2000, 48, 4
"""Reps, and shares of a lead, up to which the product of shares is made; in how many
parts."""
Mixing = Callable[[NDArray[np.float64]], NDArray[np.float64]]
_Shares = tuple[
    NDArray[np.int64], NDArray[np.int32], NDArray[np.float64], NDArray[np.float64]
]
_Part = tuple[
    float,
    NDArray[np.int64],
    tuple[NDArray[np.int32], NDArray[np.float64]],
    NDArray[np.float64],
]


class Smoothed(NamedTuple):
    """What leads answer to prices, each at its temperature.

    The second derivative by prices in the unit is the diagonal matrix of ``pull`` less
    ``share.T @ share``, each lead's by its coldness; its diagonal is ``pull - held``.

    Attributes
    ----------
    gain
        Sum of what leads gain.
    start
        Shape (n_leads + 1,); where the shares of each lead begin.
    rep, share
        Shape (n_shares,); of each lead's options, the outside left out.
    unit
        Mean temperature of the leads.
    coldness
        Shape (n_leads,); the unit by the lead's temperature.
    load, pull, held
        Shape (n_reps,); sums of the shares, of shares times coldness, and of squared
        shares times coldness.
    """

    gain: float
    start: NDArray[np.int64]
    rep: NDArray[np.int32]
    share: NDArray[np.float64]
    unit: float
    coldness: NDArray[np.float64]
    load: NDArray[np.float64]
    pull: NDArray[np.float64]
    held: NDArray[np.float64]

    @property
    def temperature_of_reps(self) -> NDArray[np.float64]:
        """Harmonic mean over the shares of each rep, or over all leads, (n_reps,)."""
        of_all, has_pull = 1.0 / self.coldness.mean(), self.pull > 0
        own = self.load / np.where(has_pull, self.pull, 1.0)
        return self.unit * np.where(has_pull, own, of_all)

    def mixing(self, crew: Crew) -> Mixing:
        """Return what multiplies by ``share.T @ share``, each lead's by its coldness.

        The product is made once where that takes less than multiplying by both in
        every turn: where leads have few shares, and reps are not too many.
        """
        n_leads, n_reps = len(self.start) - 1, len(self.load)
        if n_reps <= MOST_REPS and len(self.rep) <= FEW_SHARES * n_leads:
            return self._product(crew)
        return self.lead_by_lead(crew)

    def lead_by_lead(self, crew: Crew) -> Mixing:
        """Return the same, the product not made."""

        def mixed(step: NDArray[np.float64]) -> NDArray[np.float64]:
            total: NDArray[np.float64] = sum(
                crew.over(
                    len(self.start) - 1,
                    lambda lo, hi: _mixed(*self._shares, step, lo, hi),
                )
            )
            return total

        return mixed

    @property
    def _shares(self) -> _Shares:
        return self.start, self.rep, self.share, self.coldness

    def _product(self, crew: Crew) -> Mixing:
        ends = np.linspace(0, len(self.start) - 1, N_PRODUCTS + 1).astype(np.int64)
        calls = [(*self._shares, len(self.load), *part) for part in pairwise(ends)]
        product = sum(crew.each(_multiplied, calls))
        return lambda step: _times(product, step)


def smoothed(
    market: Market,
    open_: NDArray[np.bool_],
    price: NDArray[np.float64],
    temperature: NDArray[np.float64],
    crew: Crew,
) -> Smoothed:
    """Return what leads gain at these prices, and which shares they take.

    Parameters
    ----------
    open_
        Shape (n_reps,); reps who take leads at all.
    price
        Shape (n_reps,).
    temperature
        Shape (n_leads,); positive, in the objective's unit.
    """
    entries = market.entries
    paid = entries.charge + np.where(open_, price, np.inf)[entries.rep]
    unit = float(temperature.mean())
    warmth = temperature, unit / temperature
    args = market.leads, entries, paid, *warmth, (market.n_reps, entries.widest)

    def part(lo: int, hi: int) -> _Part:
        return _smoothed(*args, lo, hi)

    gain, counts, shares, sums = zip(*crew.over(market.n_leads, part), strict=True)
    rep, size = (np.concatenate(column) for column in zip(*shares, strict=True))
    start = np.concatenate([[0], np.cumsum(np.concatenate(counts))])
    return Smoothed(sum(gain), start, rep, size, unit, warmth[1], *sum(sums))


@compiled_sweep
def _smoothed(
    leads: Leads,
    entries: Entries,
    paid: NDArray[np.float64],
    temperature: NDArray[np.float64],
    coldness: NDArray[np.float64],
    sizes: tuple[int, int],
    lo: int,
    hi: int,
) -> _Part:
    n_reps, widest = sizes
    load, pull, held = np.zeros(n_reps), np.zeros(n_reps), np.zeros(n_reps)
    net, best = np.empty((widest, TILE)), np.empty(TILE)
    size = max(PER_LEAD * (hi - lo), widest)
    rep, share = np.empty(size, dtype=np.int32), np.empty(size)
    counts = np.empty(hi - lo, dtype=np.int64)
    gain, at, first = 0.0, 0, lo
    while lo < hi:
        end = tile_end(leads, lo, hi)
        count = offers(leads, entries, paid, lo, end, net)
        base = entries.start[leads.segment[lo]]
        best_of_tile(leads, lo, end, count, net, best)
        for i in range(end - lo):
            if at + count > len(rep):
                rep, share = _longer(rep), _longer(share)
            own, cold = temperature[lo + i], coldness[lo + i]
            begin, least = at, best[i] - FARTHEST * own
            total = np.exp((leads.outside[lo + i] - best[i]) / own)
            for j in range(count):
                if net[j, i] >= least:
                    rep[at] = entries.rep[base + j]
                    share[at] = np.exp((net[j, i] - best[i]) / own)
                    total += share[at]
                    at += 1
            for k in range(begin, at):
                share[k] /= total
                load[rep[k]] += share[k]
                pull[rep[k]] += share[k] * cold
                held[rep[k]] += share[k] ** 2 * cold
            counts[lo + i - first] = at - begin
            gain += best[i] + own * np.log(total)
        lo = end
    shares = rep[:at].copy(), share[:at].copy()
    return gain, counts, shares, np.stack((load, pull, held))


@compiled_sweep
def _mixed(
    start: NDArray[np.int64],
    rep: NDArray[np.int32],
    share: NDArray[np.float64],
    coldness: NDArray[np.float64],
    step: NDArray[np.float64],
    lo: int,
    hi: int,
) -> NDArray[np.float64]:
    mixed = np.zeros(len(step))
    for lead in range(lo, hi):
        mean = 0.0
        for at in range(start[lead], start[lead + 1]):
            mean += share[at] * step[rep[at]]
        mean *= coldness[lead]
        for at in range(start[lead], start[lead + 1]):
            mixed[rep[at]] += share[at] * mean
    return mixed


@compiled_sweep
def _multiplied(
    start: NDArray[np.int64],
    rep: NDArray[np.int32],
    share: NDArray[np.float64],
    coldness: NDArray[np.float64],
    n_reps: int,
    lo: int,
    hi: int,
) -> NDArray[np.float32]:
    """Return ``share.T @ share`` of some leads, shape (n_reps, n_reps)."""
    product = np.zeros((n_reps, n_reps), dtype=np.float32)
    for lead in range(lo, hi):
        for one in range(start[lead], start[lead + 1]):
            row = product[rep[one]]
            of_one = np.float32(share[one] * coldness[lead])
            for at in range(start[lead], start[lead + 1]):
                row[rep[at]] += of_one * np.float32(share[at])
    return product


@compiled_sweep
def _times(
    product: NDArray[np.float32], step: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Return the product of a symmetric matrix with a vector."""
    times = np.zeros(len(step))
    for i in range(len(step)):
        if step[i] != 0.0:
            row, by = product[i], step[i]
            for j in range(len(step)):
                times[j] += row[j] * by
    return times


@compiled
def _longer(values: NDArray[np.generic]) -> NDArray[np.generic]:
    """Return the values with as much room again behind them."""
    longer = np.empty(2 * len(values), dtype=values.dtype)
    longer[: len(values)] = values
    return longer
