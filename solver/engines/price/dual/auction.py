"""Rough prices of a small sample, by bids of one lead after the other.

A lead bids for its best option as much as it gains over its second best, and a step
more. A full rep drops its lowest bid, which is then its price.

References
----------
Bertsekas, Castañon (1989), The Auction Algorithm for the Transportation Problem, Annals
of Operations Research 20.
"""

from heapq import heappush, heapreplace

import numpy as np
from numpy.typing import NDArray

from solver.engines.price.dual.offers import offers_of
from solver.engines.price.machine.compiled import compiled
from solver.engines.price.market.market import Entries, Leads, Market

STEP = 0.02
"""Least rise of a bid, in typical values."""
PATIENCE = 20
"""Bids per lead after which a sample that will not settle is left as it is."""


def auction_prices(market: Market) -> NDArray[np.float64]:
    """Return prices at which nearly every rep is full or free, shape (n_reps,)."""
    leads, entries = market.leads, market.entries
    step = STEP * typical_value(market)
    return _auction(leads, entries, entries.charge, market.capacity, step)


def typical_value(market: Market) -> float:
    """Return the mean size of what some leads gain at best; not 0."""
    leads, entries = market.leads, market.entries
    every = max(1, market.n_leads // 5000)
    best = best_values(leads, entries, entries.charge, entries.widest, every)
    sizes = np.abs(best[np.isfinite(best)])
    sizes = sizes[sizes < 4 * market.largest_value]
    mean = float(sizes.mean()) if len(sizes) else 0.0
    return mean or max(market.largest_value, 1e-300)


@compiled
def best_values(
    leads: Leads,
    entries: Entries,
    paid: NDArray[np.float64],
    widest: int,
    every: int,
) -> NDArray[np.float64]:
    """Return the best of one lead's options in so many, -inf where it has none."""
    net = np.empty(widest)
    best = np.full((len(leads.segment) + every - 1) // every, -np.inf)
    for i in range(len(best)):
        count = offers_of(leads, entries, paid, i * every, net)
        for j in range(count):
            best[i] = max(best[i], net[j])
    return best


@compiled
def _auction(
    leads: Leads,
    entries: Entries,
    charge: NDArray[np.float64],
    capacity: NDArray[np.int64],
    step: float,
) -> NDArray[np.float64]:
    n_leads, n_reps = len(leads.segment), len(capacity)
    price = np.zeros(n_reps)
    bids = [[(0.0, 0)] for _ in range(n_reps)]
    for rep in range(n_reps):
        bids[rep].pop()
    widest = 0
    for segment in range(len(entries.start) - 1):
        widest = max(widest, entries.start[segment + 1] - entries.start[segment])
    net = np.empty(widest)
    waiting = np.arange(n_leads - 1, -1, -1)
    n_waiting, n_bids = n_leads, 0
    while n_waiting and n_bids < PATIENCE * n_leads:
        n_waiting -= 1
        n_bids += 1
        lead = waiting[n_waiting]
        count = offers_of(leads, entries, charge, lead, net)
        base = entries.start[leads.segment[lead]]
        best, second, chosen = leads.outside[lead], -np.inf, -1
        for j in range(count):
            rep = entries.rep[base + j]
            left = net[j] - price[rep]
            if capacity[rep] == 0 or left <= second:
                continue
            if left > best:
                best, second, chosen = left, best, rep
            else:
                second = left
        if chosen >= 0:
            # A lead with one option only would bid without end.
            ahead = min(best - second, 1e3 * step)
            bid = (price[chosen] + ahead + step, lead)
            if len(bids[chosen]) < capacity[chosen]:
                heappush(bids[chosen], bid)
            else:
                waiting[n_waiting] = heapreplace(bids[chosen], bid)[1]
                n_waiting += 1
            if len(bids[chosen]) == capacity[chosen]:
                price[chosen] = bids[chosen][0][0]
    return price
