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

from solver.engines.price.dual.offers import TILE, offers, tile_end
from solver.engines.price.machine.compiled import compiled_sweep
from solver.engines.price.machine.crew import Crew
from solver.engines.price.market.market import Entries, Leads, Market

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
    net = np.empty((widest + 1, TILE))
    best, least = np.empty(TILE), np.empty(TILE)
    n_near = np.empty(TILE, dtype=np.int32)
    gain, loss, size, n_moved = 0.0, 0.0, 0.0, 0
    while lo < hi:
        end = tile_end(leads, lo, hi)
        count = offers(leads, entries, paid, lo, end, net)
        base = entries.start[leads.segment[lo]]
        _compare(leads, up, down, lo, end, base, count, net, best, least, n_near)
        for i in range(end - lo):
            lead, own = lo + i, choice[lo + i]
            tolerated = best[i] - slack - 1e-15 * abs(best[i])
            if own < 0 or net[own, i] < tolerated:
                own = _first_best(net[:, i], count, tolerated, lead)
                choice[lead] = own
                n_moved += 1
            node = entries.rep[base + own] if own < count else n_reps
            load[node] += 1
            held = net[own, i]
            # What is held is listed, whether it comes near the best or not.
            if held + (down[base + own] if own < count else 0.0) < least[i]:
                n_near[i] += 1
            near[lead] = n_near[i] if n_near[i] > 1 else 0
            gain += best[i]
            loss += best[i] - held
            size += abs(best[i])
        lo = end
    return gain, loss, size, n_moved, load


@compiled_sweep
def _compare(
    leads: Leads,
    up: NDArray[np.float64],
    down: NDArray[np.float64],
    lo: int,
    end: int,
    base: int,
    count: int,
    net: NDArray[np.float64],
    best: NDArray[np.float64],
    least: NDArray[np.float64],
    n_near: NDArray[np.int32],
) -> None:
    """Write each lead's best option, the least that could become it, and how many can.

    The outside is written as one more option.
    """
    width = end - lo
    outside = net[count]
    for i in range(width):
        outside[i] = leads.outside[lo + i]
        best[i] = outside[i]
        least[i] = outside[i]
    for j in range(count):
        row, rise = net[j], up[base + j]
        for i in range(width):
            best[i] = max(best[i], row[i])
            least[i] = max(least[i], row[i] - rise)
    for i in range(width):
        n_near[i] = 1 if outside[i] >= least[i] else 0
    for j in range(count):
        row, fall = net[j], down[base + j]
        for i in range(width):
            n_near[i] += 1 if row[i] + fall >= least[i] else 0


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
