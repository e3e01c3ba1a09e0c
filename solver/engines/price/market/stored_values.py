"""Values of a market's options computed once, where memory allows.

Where leads and reps interact, a value takes an exponential, and a search looks at each
dozens of times.
"""

import numpy as np
from numpy.typing import NDArray

from solver.engines.price.machine.compiled import compiled_sweep
from solver.engines.price.machine.crew import Crew
from solver.engines.price.market.interactions import add_up, lay_out
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
    stored, factors = np.empty(first[-1]), np.ascontiguousarray(entries.factors.T)

    def part(lo: int, hi: int) -> None:
        _write_values(leads, entries, factors, first, stored, lo, hi)

    crew.over(market.n_leads, part)
    return market.valued(first[:-1], stored)


@compiled_sweep
def _write_values(
    leads: Leads,
    entries: Entries,
    factors: NDArray[np.float64],
    first: NDArray[np.int64],
    stored: NDArray[np.float64],
    lo: int,
    hi: int,
) -> None:
    widest = np.max(np.diff(entries.start))
    table, known = np.empty((len(factors), widest)), -1
    step = entries.step
    for lead in range(lo, hi):
        segment = leads.segment[lead]
        own = slice(entries.start[segment], entries.start[segment + 1])
        value = stored[first[lead] : first[lead + 1]]
        if len(leads.first) and leads.first[lead] >= 0:
            at = leads.first[lead]
            value[:] = leads.stored[at : at + len(value)]
            continue
        if segment != known:
            lay_out(factors, entries.rep[own], table)
            known = segment
        add_up(entries.part[own], leads.factors[lead], table, value)
        part, amount = leads.part[lead], leads.amount[lead]
        if step > 0.0:
            for j in range(len(value)):
                value[j] = np.rint(value[j] / step) * step
        for j in range(len(value)):
            value[j] = amount / (1.0 + np.exp(-(part + value[j])))
