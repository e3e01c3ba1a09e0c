"""The dual function: what all leads gain at given prices, and whom each would choose.

For prices p of the reps' slots, the dual function is

    D(p) = sum of p * capacity + sum over leads of max(outside, max of value - p)

No allocation has a larger objective than D(p). An allocation meets it exactly if every
lead has a best option and every rep with a price is full: what leads lose against
their best option, and prices times free slots, are the gap.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from solver.engines.price.compiled import compiled_sweep
from solver.engines.price.crew import Crew
from solver.engines.price.market import Entries, Leads, Market
from solver.engines.price.offers import offers

NOT_YET = -1
"""Choice of a lead that has not chosen."""


class Survey(NamedTuple):
    """What leads answer to prices.

    Attributes
    ----------
    gain
        Sum of what the leads' best options leave.
    loss
        Sum of what their chosen options leave less.
    size
        Sum of the sizes of what was added, for the rounding errors of the sums.
    n_moved
        Leads whose choice changed.
    load
        Shape (n_reps,); leads that choose each rep.
    """

    gain: float
    loss: float
    size: float
    n_moved: int
    load: NDArray[np.int64]


def survey(
    market: Market,
    price: NDArray[np.float64],
    reach: tuple[NDArray[np.float64], NDArray[np.float64]],
    slack: float,
    choice: NDArray[np.int32],
    near: NDArray[np.int32],
    crew: Crew,
) -> Survey:
    """Let every lead choose at these prices, and count the options that come near.

    Parameters
    ----------
    price
        Shape (n_reps,).
    reach
        How far each price may rise, and how far it may fall, shape (n_reps,) each.
    slack
        A lead keeps a choice that is so much worse than the best.
    choice
        Shape (n_leads,); position of each lead's choice in its segment, the segment's
        length for the outside, or `NOT_YET`; brought up to date.
    near
        Shape (n_leads,); written: how many options could become the best within reach,
        0 where only one could.
    """
    entries = market.entries
    paid = entries.charge + price[entries.rep]
    up, down = reach[0][entries.rep], reach[1][entries.rep]
    sizes = market.n_reps, entries.widest
    args = market.leads, entries, paid, up, down, slack, sizes

    def part(lo: int, hi: int) -> tuple[float, float, float, int, NDArray[np.int64]]:
        return _survey(*args, lo, hi, choice, near)

    answers = crew.over(market.n_leads, part)
    gain, loss, size, moved, load = zip(*answers, strict=True)
    return Survey(sum(gain), sum(loss), sum(size), sum(moved), sum(load)[:-1])


@compiled_sweep
def _survey(
    leads: Leads,
    entries: Entries,
    paid: NDArray[np.float64],
    up: NDArray[np.float64],
    down: NDArray[np.float64],
    slack: float,
    sizes: tuple[int, int],
    lo: int,
    hi: int,
    choice: NDArray[np.int32],
    near: NDArray[np.int32],
) -> tuple[float, float, float, int, NDArray[np.int64]]:
    n_reps, widest = sizes
    load = np.zeros(n_reps + 1, dtype=np.int64)
    net = np.empty(widest)
    gain, loss, size, n_moved = 0.0, 0.0, 0.0, 0
    for lead in range(lo, hi):
        count = offers(leads, entries, paid, lead, net)
        base = entries.start[leads.segment[lead]]
        outside = leads.outside[lead]
        best, least = outside, outside
        for j in range(count):
            best = max(best, net[j])
            least = max(least, net[j] - up[base + j])
        n_near = 1 if outside >= least else 0
        for j in range(count):
            n_near += 1 if net[j] + down[base + j] >= least else 0
        own = choice[lead]
        held = -np.inf
        if own == count:
            held = outside
        elif own >= 0:
            held = net[own]
        tolerated = slack + 1e-15 * abs(best)
        if own < 0 or held < best - tolerated:
            own = _first_best(net, count, best - tolerated, lead)
            held = outside if own == count else net[own]
            choice[lead] = own
            n_moved += 1
        if own == count:
            load[n_reps] += 1
            n_near += 1 if outside < least else 0
        else:
            load[entries.rep[base + own]] += 1
            n_near += 1 if held + down[base + own] < least else 0
        near[lead] = n_near if n_near > 1 else 0
        gain += best
        loss += best - held
        size += abs(best)
    return gain, loss, size, n_moved, load


@compiled_sweep
def _first_best(net: NDArray[np.float64], count: int, least: float, lead: int) -> int:
    """Return the first option that is good enough, the outside where none is.

    Where the search starts hangs on the lead, so that equal reps get equal parts.
    """
    if count:
        begin = (lead * 7919) % count
        for j in range(begin, begin + count):
            at = j if j < count else j - count
            if net[at] >= least:
                return at
    return count
