"""What a first slot of a rep without any would bring."""

import numpy as np
from numpy.typing import NDArray

from solver.engines.price.dual.offers import offers_of
from solver.engines.price.machine.compiled import compiled
from solver.engines.price.machine.crew import Crew
from solver.engines.price.market.market import Entries, Leads, Market


def closed_prices(
    market: Market, price: NDArray[np.float64], crew: Crew
) -> NDArray[np.float64]:
    """Return the prices with those of reps without slots, shape (n_reps,).

    Such a rep's price is the most that a lead would gain by going there, at least 0:
    at less the dual function would be larger.

    Parameters
    ----------
    price
        Shape (n_reps,); only those of reps with slots are looked at.
    """
    shut = market.capacity == 0
    price = np.where(shut, 0.0, price)
    if not shut.any():
        return price
    entries = market.entries
    args = market.leads, entries, price[entries.rep], shut, entries.widest

    def part(lo: int, hi: int) -> NDArray[np.float64]:
        return _most_gained(*args, lo, hi)

    gained = np.max(crew.over(market.n_leads, part), axis=0)
    return np.where(shut, gained, price)


@compiled
def _most_gained(
    leads: Leads,
    entries: Entries,
    price: NDArray[np.float64],
    shut: NDArray[np.bool_],
    widest: int,
    lo: int,
    hi: int,
) -> NDArray[np.float64]:
    gained, net = np.zeros(len(shut)), np.empty(widest)
    paid = entries.charge + price
    for lead in range(lo, hi):
        count = offers_of(leads, entries, paid, lead, net)
        base, best = entries.start[leads.segment[lead]], leads.outside[lead]
        for j in range(count):
            if not shut[entries.rep[base + j]]:
                best = max(best, net[j])
        for j in range(count):
            rep = entries.rep[base + j]
            if shut[rep] and net[j] - best > gained[rep]:
                gained[rep] = net[j] - best
    return gained
