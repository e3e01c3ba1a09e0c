"""From prices of a day that differs little to the best ones."""

import numpy as np
from numpy.typing import NDArray

from solver.engines.price.dual.thresholds import nearer, typical_margin
from solver.engines.price.machine.crew import Crew
from solver.engines.price.market.market import Market
from solver.engines.price.search.levels import WIDENING
from solver.engines.price.search.settle import REACH, Settlement, unmoved

SETTLED, NEAR, FAR = 0.1, 0.3, 1.5
"""Leads too many or too few at reps, as parts of the slots. With the first, paths do;
with more than the second after sweeps, or the third before, samples say more."""
N_SWEEPS = 6


def prices_from(
    market: Market, price: NDArray[np.float64], crew: Crew
) -> NDArray[np.float64] | None:
    """Return prices near the best, by way of known ones; None where those say little.

    Parameters
    ----------
    price
        Shape (n_reps,); the best of a day like this one.
    """
    price = Settlement.at(market, price).price
    excess = _excess(market, price, crew)
    if excess > SETTLED and excess <= FAR:
        width = WIDENING * REACH * typical_margin(market, price)
        for doublings in reversed(range(N_SWEEPS)):
            price = nearer(market, price, width * 2**doublings, crew)
        excess = _excess(market, price, crew)
    return None if excess > NEAR else price


def _excess(market: Market, price: NDArray[np.float64], crew: Crew) -> float:
    """Return leads too many or too few at reps, as a part of the slots."""
    state = Settlement.at(market, price)
    state.look(unmoved(market), np.empty(market.n_leads, dtype=np.int32), crew)
    assert state.last is not None
    over = state.last.load - market.capacity
    counts = (over > 0) | (state.open_price > 0)
    return float(np.abs(over[counts]).sum()) / max(int(market.capacity.sum()), 1)
