"""Prices at which each rep would be full, the others' prices given.

A rep wins a lead while its price is below a threshold: the lead's value there less the
best of its other options. With as many slots as a rep has, its price belongs where as
many thresholds are above it. All reps moving half way there at once come near the best
prices in a few sweeps, where searching for paths would take long.
"""

from threading import Lock

import numpy as np
from numpy.typing import NDArray

from solver.engines.price.dual.offers import TILE, offers, offers_of, tile_end
from solver.engines.price.machine.compiled import compiled_sweep
from solver.engines.price.machine.crew import Crew
from solver.engines.price.market.market import Entries, Leads, Market

N_BINS = 400
DAMPING = 0.5
ENOUGH = 5_000
"""Leads whose median margin is typical."""


def nearer(
    market: Market, price: NDArray[np.float64], width: float, crew: Crew
) -> NDArray[np.float64]:
    """Return prices half way to where each rep would be full, at most `width` away.

    Parameters
    ----------
    price
        Shape (n_reps,).
    """
    entries, open_ = market.entries, market.capacity > 0
    paid = entries.charge + price[entries.rep]
    sizes = market.n_reps, entries.widest
    args = market.leads, entries, paid, width, sizes

    counts = np.zeros((market.n_reps, N_BINS + 2), dtype=np.int32)
    adding = Lock()

    def part(lo: int, hi: int) -> None:
        of_part = _thresholds(*args, lo, hi)
        with adding:
            np.add(counts, of_part, out=counts)

    crew.over(market.n_leads, part)
    above = counts[:, ::-1].cumsum(axis=1, dtype=np.int32)
    full = (above > market.capacity[:, None]).sum(axis=1)
    step = DAMPING * (full - 1 - N_BINS / 2) / N_BINS * 2 * width
    return np.where(open_, np.maximum(price + step, 0.0), price)


@compiled_sweep
def _thresholds(
    leads: Leads,
    entries: Entries,
    paid: NDArray[np.float64],
    width: float,
    sizes: tuple[int, int],
    lo: int,
    hi: int,
) -> NDArray[np.int32]:
    """Count the thresholds of each rep by their distance from its price, in bins."""
    n_reps, widest = sizes
    counts = np.zeros((n_reps, N_BINS + 2), dtype=np.int32)
    net = np.empty((widest, TILE))
    best, second = np.empty(TILE), np.empty(TILE)
    per_bin = N_BINS / (2 * width)
    while lo < hi:
        end = tile_end(leads, lo, hi)
        count = offers(leads, entries, paid, lo, end, net)
        base = entries.start[leads.segment[lo]]
        _two_best(leads, lo, end, count, net, best, second)
        for j in range(count):
            row, of_rep = net[j], counts[entries.rep[base + j]]
            for i in range(end - lo):
                beyond = row[i] - (second[i] if row[i] == best[i] else best[i])
                if beyond > -width:
                    bin_ = N_BINS + 1
                    if beyond < width:
                        bin_ = int((beyond + width) * per_bin) + 1
                    of_rep[bin_] += 1
        lo = end
    return counts


@compiled_sweep
def _two_best(
    leads: Leads,
    lo: int,
    end: int,
    count: int,
    net: NDArray[np.float64],
    best: NDArray[np.float64],
    second: NDArray[np.float64],
) -> None:
    """Write the largest and the second largest of each lead's options and outside."""
    for i in range(end - lo):
        best[i] = leads.outside[lo + i]
        second[i] = -np.inf
    for j in range(count):
        row = net[j]
        for i in range(end - lo):
            second[i] = max(second[i], min(best[i], row[i]))
            best[i] = max(best[i], row[i])


@compiled_sweep
def margins(
    leads: Leads,
    entries: Entries,
    paid: NDArray[np.float64],
    widest: int,
    every: int,
) -> NDArray[np.float64]:
    """Return by how much the best option of some leads beats the second.

    Parameters
    ----------
    every
        One lead in so many is looked at.
    """
    n_leads = len(leads.segment)
    margin = np.empty((n_leads + every - 1) // every)
    net = np.empty(widest)
    for i in range(len(margin)):
        count = offers_of(leads, entries, paid, i * every, net)
        best, second = leads.outside[i * every], -np.inf
        for j in range(count):
            second = max(second, min(best, net[j]))
            best = max(best, net[j])
        margin[i] = best - second
    return margin


def typical_margin(market: Market, price: NDArray[np.float64]) -> float:
    """Return the median of what the best options leave over the second; not 0."""
    entries = market.entries
    paid = entries.charge + price[entries.rep]
    every = max(1, market.n_leads // ENOUGH)
    margin = margins(market.leads, entries, paid, entries.widest, every)
    apart = margin[np.isfinite(margin) & (margin > 1e-9 * market.largest_value)]
    apart = apart[apart < market.largest_value * 4]
    if len(apart):
        return float(np.median(apart))
    return max(1e-3 * market.largest_value, 1e-300)
