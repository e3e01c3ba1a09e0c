"""An allocation that fits, made from choices that do not."""

import numpy as np
from numpy.typing import NDArray

from solver.engines.price.dual.offers import offers_of
from solver.engines.price.dual.thresholds import margins
from solver.engines.price.machine.compiled import compiled
from solver.engines.price.market.market import Entries, Leads, Market


def fitted(
    market: Market, price: NDArray[np.float64], required: NDArray[np.int32]
) -> NDArray[np.int32]:
    """Return choices that keep every capacity, each lead's best that is left.

    Leads that must be assigned have a slot each from the start. One after the other,
    those that would lose most by their second best first, leads take the best of what
    has room.

    Parameters
    ----------
    price
        Shape (n_reps,).
    required
        Shape (n_leads,); a way to assign the leads that must be, as
        :func:`~solver.engines.price.feasibility.required_choices` has it.
    """
    leads, entries = market.leads, market.entries
    paid = entries.charge + price[entries.rep]
    choice, room = required.copy(), market.capacity.copy()
    margin = margins(leads, entries, paid, entries.widest, 1)
    order = np.argsort(-margin, kind="stable")
    _fit(leads, entries, paid, entries.widest, order, choice, room)
    return choice


@compiled
def _fit(
    leads: Leads,
    entries: Entries,
    paid: NDArray[np.float64],
    widest: int,
    order: NDArray[np.int64],
    choice: NDArray[np.int32],
    room: NDArray[np.int64],
) -> None:
    net = np.empty(widest)
    for lead in range(len(choice)):
        if choice[lead] >= 0:
            room[entries.rep[entries.start[leads.segment[lead]] + choice[lead]]] -= 1
    for lead in order:
        base = entries.start[leads.segment[lead]]
        own = choice[lead]
        if own >= 0:
            room[entries.rep[base + own]] += 1
        count = offers_of(leads, entries, paid, lead, net)
        best, at = leads.outside[lead], count
        for j in range(count):
            if room[entries.rep[base + j]] > 0 and net[j] > best:
                best, at = net[j], j
        choice[lead] = at
        if at < count:
            room[entries.rep[base + at]] -= 1
