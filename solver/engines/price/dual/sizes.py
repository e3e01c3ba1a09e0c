"""How large leads are: what each gains at best while slots are free.

Margins between a lead's options grow with it. Among dear leads a temperature at which
small ones hesitate would find none that do, and say nothing of their reps' prices.
"""

import numpy as np
from numpy.typing import NDArray

from solver.engines.price.dual.offers import TILE, offers, tile_end
from solver.engines.price.machine.compiled import compiled_sweep
from solver.engines.price.machine.crew import Crew
from solver.engines.price.market.market import Entries, Leads, Market

LEAST = 0.2
"""No lead counts for a smaller part of the mean."""


def sizes_of(market: Market, crew: Crew) -> NDArray[np.float64]:
    """Return the size of each lead, in parts of the mean, shape (n_leads,)."""
    entries = market.entries
    args = market.leads, entries, entries.charge, entries.widest
    parts = crew.over(market.n_leads, lambda lo, hi: _at_best(*args, lo, hi))
    best = np.concatenate(parts)
    size = np.where(np.isfinite(best), np.abs(best), 0.0)
    return np.maximum(size / (size.mean() or 1.0), LEAST)


@compiled_sweep
def _at_best(
    leads: Leads,
    entries: Entries,
    paid: NDArray[np.float64],
    widest: int,
    lo: int,
    hi: int,
) -> NDArray[np.float64]:
    net, best = np.empty((widest, TILE)), np.empty(TILE)
    of_lead, first = np.empty(hi - lo), lo
    while lo < hi:
        end = tile_end(leads, lo, hi)
        count = offers(leads, entries, paid, lo, end, net)
        best_of_tile(leads, lo, end, count, net, best)
        of_lead[lo - first : end - first] = best[: end - lo]
        lo = end
    return of_lead


@compiled_sweep
def best_of_tile(
    leads: Leads,
    lo: int,
    end: int,
    count: int,
    net: NDArray[np.float64],
    best: NDArray[np.float64],
) -> None:
    """Write the best of each lead's options and outside.

    Parameters
    ----------
    lo, end
        Leads of one segment, at most `TILE`.
    net
        As :func:`offers` writes it.
    best
        Shape (TILE,).
    """
    for i in range(end - lo):
        best[i] = leads.outside[lo + i]
    for j in range(count):
        row = net[j]
        for i in range(end - lo):
            best[i] = max(best[i], row[i])
