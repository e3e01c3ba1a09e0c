"""The objective, pair by pair: what each option of a lead leaves after its price."""

import numpy as np
from numpy.typing import NDArray

from solver.engines.price.machine.compiled import compiled, compiled_sweep
from solver.engines.price.market.market import Entries, Leads

TILE = 128
"""Leads of a segment that are looked at together, so that loops over them are wide."""


@compiled
def tile_end(leads: Leads, lo: int, hi: int) -> int:
    """Return where the leads from `lo` on leave the segment, `hi` at the latest."""
    end = min(lo + TILE, hi)
    if leads.segment[lo] == leads.segment[end - 1]:
        return end
    segment, at = leads.segment[lo], lo + 1
    while leads.segment[at] == segment:
        at += 1
    return at


@compiled_sweep
def offers(
    leads: Leads,
    entries: Entries,
    paid: NDArray[np.float64],
    lo: int,
    hi: int,
    net: NDArray[np.float64],
) -> int:
    """Write the values of leads' options less what is paid; return how many options.

    Parameters
    ----------
    paid
        Shape (n_entries,); charge and price of each entry.
    lo, hi
        Leads of one segment, at most `TILE`.
    net
        Shape (at least the segment's length, TILE); an option's value for each lead.
    """
    segment = leads.segment[lo]
    base = entries.start[segment]
    count = entries.start[segment + 1] - base
    # Segments of stored and of computed values are never the same.
    if leads.factors.size or (len(leads.first) and leads.first[lo] >= 0):
        for lead in range(lo, hi):
            offers_of(leads, entries, paid, lead, net[:, lead - lo])
    else:
        part, amount = leads.part[lo:hi], leads.amount[lo:hi]
        for j in range(count):
            row, of_rep, pays = net[j], entries.part[base + j], paid[base + j]
            for i in range(hi - lo):
                row[i] = amount[i] / (1.0 + part[i] * of_rep) - pays
    return count


@compiled_sweep
def offers_of(
    leads: Leads,
    entries: Entries,
    paid: NDArray[np.float64],
    lead: int,
    net: NDArray[np.float64],
) -> int:
    """Do the same for one lead; `net` has shape (at least the segment's length,)."""
    segment = leads.segment[lead]
    base, end = entries.start[segment], entries.start[segment + 1]
    count = end - base
    # Slices start at 0, so that loops over them are wide.
    pays, net = paid[base:end], net[:count]
    if len(leads.first) and leads.first[lead] >= 0:
        at = leads.first[lead]
        stored = leads.stored[at : at + count]
        for j in range(count):
            net[j] = stored[j] - pays[j]
    elif leads.factors.size:
        _with_interaction(leads, entries, paid, lead, net)
    else:
        part, amount = leads.part[lead], leads.amount[lead]
        of_rep = entries.part[base:end]
        for j in range(count):
            net[j] = amount / (1.0 + part * of_rep[j]) - pays[j]
    return count


@compiled
def _with_interaction(
    leads: Leads,
    entries: Entries,
    paid: NDArray[np.float64],
    lead: int,
    net: NDArray[np.float64],
) -> None:
    part, amount, step = leads.part[lead], leads.amount[lead], entries.step
    segment = leads.segment[lead]
    base = entries.start[segment]
    for j in range(entries.start[segment + 1] - base):
        added = entries.part[base + j]
        of_rep = entries.factors[entries.rep[base + j]]
        for k in range(len(of_rep)):
            added += leads.factors[lead, k] * of_rep[k]
        if step > 0.0:
            added = np.rint(added / step) * step
        net[j] = amount / (1.0 + np.exp(-(part + added))) - paid[base + j]
