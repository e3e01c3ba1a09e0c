"""Prices at which each rep would be full, the others' prices given.

A rep wins a lead while its price is below a threshold: the lead's value there less the
best of its other options. With as many slots as a rep has, its price belongs where as
many thresholds are above it. All reps moving half way there at once come near the best
prices in a few sweeps, where searching for paths would take long.
"""

import numpy as np
from numpy.typing import NDArray

from solver.engines.price.compiled import compiled_sweep
from solver.engines.price.crew import Crew
from solver.engines.price.market import Entries, Leads, Market
from solver.engines.price.offers import offers

N_BINS = 400
DAMPING = 0.5


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

    def part(lo: int, hi: int) -> NDArray[np.int32]:
        return _thresholds(*args, lo, hi)

    above = sum(crew.over(market.n_leads, part))[:, ::-1].cumsum(axis=1)[:, ::-1]
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
    net = np.empty(widest)
    per_bin = N_BINS / (2 * width)
    for lead in range(lo, hi):
        count = offers(leads, entries, paid, lead, net)
        base = entries.start[leads.segment[lead]]
        best, second, at = leads.outside[lead], -np.inf, -1
        for j in range(count):
            if net[j] > second:
                if net[j] > best:
                    best, second, at = net[j], best, j
                else:
                    second = net[j]
        for j in range(count):
            beyond = net[j] - (second if j == at else best)
            if beyond > -width:
                bin_ = N_BINS + 1
                if beyond < width:
                    bin_ = int((beyond + width) * per_bin) + 1
                counts[entries.rep[base + j], bin_] += 1
    return counts


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
        lead = i * every
        count = offers(leads, entries, paid, lead, net)
        best, second = leads.outside[lead], -np.inf
        for j in range(count):
            if net[j] > best:
                best, second = net[j], best
            elif net[j] > second:
                second = net[j]
        margin[i] = best - second
    return margin


def typical_margin(market: Market, price: NDArray[np.float64]) -> float:
    """Return the median of what the best options leave over the second; not 0."""
    entries = market.entries
    paid = entries.charge + price[entries.rep]
    every = max(1, market.n_leads // 20_000)
    margin = margins(market.leads, entries, paid, entries.widest, every)
    apart = margin[np.isfinite(margin) & (margin > 1e-9 * market.largest_value)]
    apart = apart[apart < market.largest_value * 4]
    if len(apart):
        return float(np.median(apart))
    return max(1e-3 * market.largest_value, 1e-300)
