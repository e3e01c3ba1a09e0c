"""Prices of wide days: smooth demand is cooled to the margins between leads' options.

Where a lead has hundreds of options, the best two differ by next to nothing, prices of
neighbours hang together, and a sample of few leads per rep says little about them. At a
high temperature the smooth dual function knows all of a lead's options and Newton's
method moves all prices at once; each colder one starts from the prices before. The
hotter, the more options have a share, and the fewer leads tell as much. A lead's own
temperature is higher the larger it is.
"""

import numpy as np
from numpy.typing import NDArray

from solver.engines.price.dual.auction import typical_value
from solver.engines.price.dual.sizes import sizes_of
from solver.engines.price.dual.thresholds import typical_margin
from solver.engines.price.machine.crew import Crew
from solver.engines.price.market.market import Market, every
from solver.engines.price.search.newton import calmed

PER_REP = 400
"""Shares that a rep's load should be the sum of, so that a sample tells it."""
HOTTEST, COOLING, COLDEST = 0.1, 4.0, 1.6
"""First temperature of a lead of mean size, in typical values; by what it is divided;
and the last, in typical margins."""
FEW, FALLING, STILL = 8.0, 0.95, 3
"""Options of a lead with a share down to which it is cooled, unless so many
temperatures in turn leave more than this part of them, as they do where all is tied."""
FROZEN = 1e-12
"""Temperature, in typical values, at which rounding would tell more."""


def cooled_prices(market: Market, crew: Crew) -> NDArray[np.float64]:
    """Return prices near the best, by ever colder and larger samples, (n_reps,)."""
    typical = typical_value(market)
    size = sizes_of(market, crew)
    temperature, price = HOTTEST * typical, np.zeros(market.n_reps)
    per_lead = expected = market.width
    n_still = 0
    while True:
        step = max(int(market.n_leads * expected / (PER_REP * market.n_reps)), 1)
        sample = market.of_every(step) if step > 1 else market
        slots = (sample.n_leads / market.n_leads) * market.capacity.astype(np.float64)
        own = np.maximum(temperature * size[every(step)], np.finfo(float).tiny)
        known = per_lead
        price, per_lead = calmed(sample, slots, price, own, crew)
        n_still = 0 if per_lead < FALLING * known else n_still + 1
        coldest = max(COLDEST * typical_margin(sample, price), FROZEN * typical)
        is_mixed = per_lead > FEW and n_still < STILL
        is_cold = temperature <= coldest and not is_mixed
        if step == 1 and is_cold:
            return price
        expected = 0.0 if is_cold else per_lead if n_still else per_lead / 2
        temperature /= COOLING
