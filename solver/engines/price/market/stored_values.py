"""Values of a market's options computed once, where memory allows.

Where leads and reps interact, a value takes an exponential, and a search looks at each
dozens of times.
"""

import numpy as np
from numpy.typing import NDArray

from solver.engines.price.dual.offers import offers_of
from solver.engines.price.machine.compiled import compiled_sweep
from solver.engines.price.machine.crew import Crew
from solver.engines.price.market.market import Entries, Leads, Market

MOST_VALUES = 16_000_000
"""Options of a market up to which their values are kept: eight bytes each."""


def with_values(market: Market, crew: Crew) -> Market:
    """Return the same market, where leads and reps interact with its values stored."""
    leads, entries = market.leads, market.entries
    count = np.diff(entries.start)[leads.segment]
    first = np.concatenate([[0], np.cumsum(count)]).astype(np.int64)
    if not leads.factors.size or first[-1] > MOST_VALUES:
        return market
    stored, nothing = np.empty(first[-1]), np.zeros(len(entries.rep))

    def part(lo: int, hi: int) -> None:
        _write_values(leads, entries, nothing, first, stored, lo, hi)

    crew.over(market.n_leads, part)
    return market.valued(first[:-1], stored)


@compiled_sweep
def _write_values(
    leads: Leads,
    entries: Entries,
    nothing: NDArray[np.float64],
    first: NDArray[np.int64],
    stored: NDArray[np.float64],
    lo: int,
    hi: int,
) -> None:
    for lead in range(lo, hi):
        own = stored[first[lead] : first[lead + 1]]
        offers_of(leads, entries, nothing, lead, own)
