"""The objective, pair by pair: what each option of a lead leaves after its price."""

import numpy as np
from numpy.typing import NDArray

from solver.engines.price.compiled import compiled, compiled_sweep
from solver.engines.price.market import Entries, Leads


@compiled_sweep
def offers(
    leads: Leads,
    entries: Entries,
    paid: NDArray[np.float64],
    lead: int,
    net: NDArray[np.float64],
) -> int:
    """Write the values of a lead's options less what is paid; return how many.

    Parameters
    ----------
    paid
        Shape (n_entries,); charge and price of each entry.
    net
        Where to write them, at least as long as the widest segment.
    """
    segment = leads.segment[lead]
    base = entries.start[segment]
    count = entries.start[segment + 1] - base
    if len(leads.first) and leads.first[lead] >= 0:
        at = leads.first[lead]
        for j in range(count):
            net[j] = leads.stored[at + j] - paid[base + j]
    elif leads.factors.size:
        _with_interaction(leads, entries, lead, base, count, net)
        for j in range(count):
            net[j] -= paid[base + j]
    else:
        part, amount = leads.part[lead], leads.amount[lead]
        for j in range(count):
            net[j] = amount / (1.0 + part * entries.part[base + j]) - paid[base + j]
    return count


@compiled
def _with_interaction(
    leads: Leads,
    entries: Entries,
    lead: int,
    base: int,
    count: int,
    value: NDArray[np.float64],
) -> None:
    part, amount, step = leads.part[lead], leads.amount[lead], entries.step
    n_factors = leads.factors.shape[1]
    for j in range(count):
        rep = entries.rep[base + j]
        added = entries.part[base + j]
        for k in range(n_factors):
            added += leads.factors[lead, k] * entries.factors[rep, k]
        if step > 0.0:
            added = np.rint(added / step) * step
        value[j] = amount / (1.0 + np.exp(-(part + added)))
