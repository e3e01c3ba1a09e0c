"""From rough prices to the best: samples first, each settled, then all leads."""

import numpy as np
from numpy.typing import NDArray

from solver.engines.price.dual.auction import STEP, auction_prices, typical_value
from solver.engines.price.dual.thresholds import nearer, typical_margin
from solver.engines.price.machine.crew import Crew
from solver.engines.price.market.market import Market
from solver.engines.price.search.cooling import cooled_prices
from solver.engines.price.search.settle import (
    CLOSED,
    REACH,
    PriceReach,
    Settlement,
    settle,
)

ENOUGH = 5
"""Leads per rep that a sample should have."""
FIRST, NEXT = 3, 4
"""One lead in so many makes the largest sample; each smaller one is a part of it."""
WIDENING = 20.0
"""Sweeps over thresholds look as far as so many reaches."""
PER_LEAD = 16
"""Options per lead beyond which a sample has told what it can."""
WIDE = 60.0
"""Options per lead from which samples of few leads per rep say little."""
N_SWEEPS = 3
ROUGH, NARROWING = 8.0, 0.7
"""Prices of the auction are off by so many steps; sweeps after it narrow by this."""


def is_wide(market: Market) -> bool:
    """Tell whether leads have so many options that demand is to be made smooth."""
    return market.width >= WIDE


def start_prices(market: Market, crew: Crew) -> NDArray[np.float64]:
    """Return prices near the best, from samples of the leads, shape (n_reps,)."""
    if is_wide(market):
        return cooled_prices(market, crew)
    steps = _steps(market)
    sample = market.of_every(steps[0])
    price = _narrowed(sample, auction_prices(sample), crew)
    for number, step in enumerate(steps):
        sample = market.of_every(step)
        if number:
            price = _swept(sample, price, crew)
        state = Settlement.at(sample, price)
        reach = PriceReach(sample, 2 * REACH * typical_margin(sample, state.price))
        enough = PER_LEAD * sample.n_leads
        settle(state, crew, most=8, reach=reach, enough=enough)
        price = state.open_price
    return _swept(market, price, crew) if steps != [1] else price


def _steps(market: Market) -> list[int]:
    """Return the samples: one lead in 48, in 12, in 3, as far as there are enough."""
    enough, steps = ENOUGH * market.n_reps, [FIRST]
    while market.n_leads >= enough * steps[0] * NEXT:
        steps.insert(0, steps[0] * NEXT)
    return steps if market.n_leads >= enough * FIRST else [1]


def _narrowed(
    market: Market, price: NDArray[np.float64], crew: Crew
) -> NDArray[np.float64]:
    """Return prices after ever narrower sweeps, from the auction's step on."""
    price = _closed(market, price)
    width = ROUGH * STEP * typical_value(market)
    while width > WIDENING * REACH * typical_margin(market, price):
        price = nearer(market, price, width, crew)
        width *= NARROWING
    return price


def _swept(
    market: Market, price: NDArray[np.float64], crew: Crew
) -> NDArray[np.float64]:
    price = _closed(market, price)
    width = WIDENING * REACH * typical_margin(market, price)
    for doublings in reversed(range(N_SWEEPS)):
        price = nearer(market, price, width * 2**doublings, crew)
    return price


def _closed(market: Market, price: NDArray[np.float64]) -> NDArray[np.float64]:
    closed = CLOSED * max(market.largest_value, 1e-300)
    return np.where(market.capacity > 0, price, closed)
