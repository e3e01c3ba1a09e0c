"""Options that could become a lead's best while prices move within reach."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from solver.engines.price.dual.offers import offers_of
from solver.engines.price.machine.compiled import compiled_sweep
from solver.engines.price.machine.crew import Crew
from solver.engines.price.market.market import Entries, Leads, Market


class Shortlist(NamedTuple):
    """The options of contested leads.

    Attributes
    ----------
    lead
        Shape (n_contested,); positions in the market.
    start
        Shape (n_contested + 1,); first option of each, and the end.
    rep
        Shape (n_options,); the node of each option, n_reps for the outside.
    value
        Shape (n_options,).
    option
        Shape (n_options,); position in the segment, its length for the outside.
    held
        Shape (n_contested,); the option each lead holds.
    """

    lead: NDArray[np.int64]
    start: NDArray[np.int64]
    rep: NDArray[np.int32]
    value: NDArray[np.float64]
    option: NDArray[np.int32]
    held: NDArray[np.int32]


def shortlist(
    market: Market,
    price: NDArray[np.float64],
    reach: tuple[NDArray[np.float64], NDArray[np.float64]],
    choice: NDArray[np.int32],
    near: NDArray[np.int32],
    crew: Crew,
) -> Shortlist:
    """Return the contested leads' options, as counted by the survey before."""
    entries = market.entries
    lead = np.flatnonzero(near)
    start = np.concatenate([[0], np.cumsum(near[lead], dtype=np.int64)])
    chosen = Shortlist(
        lead,
        start,
        np.empty(start[-1], dtype=np.int32),
        np.empty(start[-1]),
        np.empty(start[-1], dtype=np.int32),
        np.empty(len(lead), dtype=np.int32),
    )
    of_entry = price[entries.rep]
    up, down = reach[0][entries.rep], reach[1][entries.rep]
    sizes = market.n_reps, entries.widest
    args = market.leads, entries, of_entry, up, down, sizes, choice, chosen

    def part(lo: int, hi: int) -> None:
        _fill(*args, lo, hi)

    crew.over(len(lead), part)
    return chosen


@compiled_sweep
def _fill(
    leads: Leads,
    entries: Entries,
    price: NDArray[np.float64],
    up: NDArray[np.float64],
    down: NDArray[np.float64],
    sizes: tuple[int, int],
    choice: NDArray[np.int32],
    chosen: Shortlist,
    lo: int,
    hi: int,
) -> None:
    outside_node, widest = sizes
    net = np.empty(widest)
    paid = entries.charge + price
    for i in range(lo, hi):
        lead = chosen.lead[i]
        count = offers_of(leads, entries, paid, lead, net)
        base = entries.start[leads.segment[lead]]
        rise, fall = up[base : base + count], down[base : base + count]
        outside = leads.outside[lead]
        own, least, at = choice[lead], outside, chosen.start[i]
        for j in range(count):
            least = max(least, net[j] - rise[j])
        for j in range(count):
            if j == own or net[j] + fall[j] >= least:
                if j == own:
                    chosen.held[i] = at
                chosen.rep[at] = entries.rep[base + j]
                chosen.value[at] = net[j] + price[base + j]
                chosen.option[at] = j
                at += 1
        if own == count or outside >= least:
            if own == count:
                chosen.held[i] = at
            chosen.rep[at] = outside_node
            chosen.value[at] = outside
            chosen.option[at] = count
            at += 1
