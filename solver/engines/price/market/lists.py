"""Stored pairs as lists of options: leads with the same reps share one list."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from solver.problem.exceptions import StoredPairs


class Lists(NamedTuple):
    """Options that take a slot, and what leads gain without one.

    Attributes
    ----------
    start, rep
        The reps of each list, shape (n_lists + 1,) and (n_entries,).
    segment
        Shape (n_leads,); each lead's list.
    first
        Shape (n_leads,); where each lead's values start.
    value
        Shape (n_options,); lead-major.
    outside
        Shape (n_leads,); the most a lead gains without a slot.
    outside_rep
        Shape (n_leads,); who then takes it, -1 for nobody.
    """

    start: NDArray[np.int64]
    rep: NDArray[np.int32]
    segment: NDArray[np.int32]
    first: NDArray[np.int64]
    value: NDArray[np.float64]
    outside: NDArray[np.float64]
    outside_rep: NDArray[np.int32]


def lists_of(
    pairs: StoredPairs, alone: NDArray[np.float64], rep_key: NDArray[np.uint64]
) -> Lists:
    """Return the options of leads whose pairs are stored.

    Parameters
    ----------
    alone
        Shape (n_leads,); what each lead gains unassigned.
    rep_key
        Shape (n_reps,); as for :func:`without_slot`.
    """
    free = np.flatnonzero(~pairs.uses_slot)
    lead = np.searchsorted(pairs.indptr, free, side="right") - 1
    of_free = lead, pairs.rep[free], pairs.value[free]
    outside, outside_rep = without_slot(alone, *of_free, rep_key)
    taken = np.concatenate([[0], np.cumsum(pairs.uses_slot)])
    indptr = taken[pairs.indptr]
    rep, value = pairs.rep[pairs.uses_slot], pairs.value[pairs.uses_slot]
    first_lead, segment = _same_lists(indptr, rep, len(rep_key))
    length = np.diff(indptr)[first_lead]
    start = np.concatenate([[0], np.cumsum(length)]).astype(np.int64)
    shift = np.repeat(indptr[:-1][first_lead] - start[:-1], length)
    return Lists(
        start,
        rep[np.arange(start[-1]) + shift].astype(np.int32),
        segment.astype(np.int32),
        indptr[:-1].astype(np.int64),
        value,
        outside,
        outside_rep,
    )


def without_slot(
    alone: NDArray[np.float64],
    lead: NDArray[np.int64],
    rep: NDArray[np.int32],
    value: NDArray[np.float64],
    rep_key: NDArray[np.uint64],
) -> tuple[NDArray[np.float64], NDArray[np.int32]]:
    """Return the most each lead gains without a slot, and who then takes it.

    Shape (n_leads,) each; -1 for nobody. Of equal reps the one of least key takes the
    lead.

    Parameters
    ----------
    alone
        Shape (n_leads,); what each lead gains unassigned.
    lead, rep, value
        Shape (n_pairs,); the pairs that take no slot.
    rep_key
        Shape (n_reps,); as :func:`~solver.engines.price.market.canonical.keys` has it.
    """
    outside = alone.copy()
    outside_rep = np.full(len(alone), -1, dtype=np.int32)
    np.maximum.at(outside, lead, value)
    best = np.flatnonzero(value >= outside[lead])
    best = best[np.argsort(rep_key[rep[best]])[::-1]]
    outside_rep[lead[best]] = rep[best]
    return outside, outside_rep


def _same_lists(
    indptr: NDArray[np.int64], rep: NDArray[np.int32], n_reps: int
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return a lead of each list, and the list of each lead.

    Lists are told apart by a sum of one 64-bit number per rep.
    """
    number = np.random.default_rng(n_reps).integers(0, 2**63, n_reps, dtype=np.uint64)
    total = np.concatenate([np.zeros(1, dtype=np.uint64), np.cumsum(number[rep])])
    mark = total[indptr[1:]] - total[indptr[:-1]]
    _, first, which = np.unique(mark, return_index=True, return_inverse=True)
    return first, which
