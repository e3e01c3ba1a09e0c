"""Which reps may serve which leads: from one small table per rule to sparse pairs."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

BLOCK = 4096
"""Groups of leads expanded at once; bounds the memory at BLOCK x n_reps bytes."""

SPARSE = 16
"""Values to a lead from which sorting leads takes less than counting all values."""


@dataclass(frozen=True, eq=False)
class Eligibility:
    """What one rule allows: leads with the same key may go to the same reps.

    Attributes
    ----------
    key
        Shape (n_leads,); row of `allowed` for each lead, 0 where the rule does
        not speak of the lead.
    allowed
        Shape (n_keys, n_reps); row 0 is all true.
    """

    key: NDArray[np.int64]
    allowed: NDArray[np.bool_]

    @classmethod
    def everyone(cls, n_leads: int, n_reps: int) -> Self:
        """Return the eligibility of a rule that allows every pair."""
        return cls(np.zeros(n_leads, np.int64), np.ones((1, n_reps), dtype=bool))

    @classmethod
    def only(cls, leads: NDArray[np.bool_], reps: NDArray[np.bool_]) -> Self:
        """Return the eligibility of a rule that restricts some leads to some reps.

        Parameters
        ----------
        leads
            Shape (n_leads,); the leads it speaks of; all others may go to anyone.
        reps
            Shape (n_reps,); who may serve them.
        """
        return cls(leads.astype(np.int64), np.vstack([np.ones_like(reps), reps]))

    def at(self, lead: NDArray[np.int64], rep: NDArray[np.int32]) -> NDArray[np.bool_]:
        """Tell for each pair whether the rule allows it, shape (n_pairs,)."""
        # Places in a row of all rows are looked up in half the time.
        place = self.key[lead].astype(np.int64, copy=False)
        place *= self.allowed.shape[1]
        place += rep
        at: NDArray[np.bool_] = self.allowed.reshape(-1)[place]
        return at

    def names(
        self, lead: NDArray[np.int64], rep: NDArray[np.int32]
    ) -> NDArray[np.bool_]:
        """Tell for each pair whether the rule speaks of the lead and allows it."""
        return (self.key[lead] > 0) & self.at(lead, rep)


def eligible_pairs(
    rules: Sequence[Eligibility], available: NDArray[np.bool_], kept: NDArray[np.bool_]
) -> tuple[NDArray[np.int64], NDArray[np.int32]]:
    """Return the pairs that every rule allows, lead-major.

    Parameters
    ----------
    rules
        The hard filters.
    available
        Shape (n_reps,); reps at work.
    kept
        Shape (n_leads,); leads to distribute, the others get no pair.

    Returns
    -------
    indptr
        Shape (n_leads + 1,).
    rep
        Shape (n_pairs,).
    """
    group, first = lead_groups(rules, len(kept))
    start, rep_of_group = reps_of_groups(rules, first, available)
    count = np.where(kept, np.diff(start)[group], 0)
    indptr = np.concatenate([[0], np.cumsum(count)]).astype(np.int64)
    shift = np.repeat(start[group] - indptr[:-1], count)
    return indptr, rep_of_group[np.arange(indptr[-1]) + shift]


def lead_groups(
    rules: Sequence[Eligibility], n_leads: int
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return each lead's group, and a lead of each group; groups share every key."""
    group = np.zeros(n_leads, dtype=np.int64)
    first = np.arange(min(n_leads, 1))
    for rule in rules:
        n_values = len(first) * len(rule.allowed)
        first, group = _numbered(group * len(rule.allowed) + rule.key, n_values)
    return group, first


def _numbered(
    values: NDArray[np.int64], n_values: int
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return where each value is first, by size, and the number of each place's value.

    Parameters
    ----------
    values
        0 to `n_values` - 1.
    """
    if n_values > SPARSE * len(values):
        return np.unique(values, return_index=True, return_inverse=True)[1:]
    first = np.full(n_values, -1)
    # Of places that are written to repeatedly, the last one stays.
    first[values[::-1]] = np.arange(len(values))[::-1]
    found = first >= 0
    return first[found], (np.cumsum(found) - 1)[values]


def reps_of_groups(
    rules: Sequence[Eligibility],
    first: NDArray[np.int64],
    available: NDArray[np.bool_],
) -> tuple[NDArray[np.int64], NDArray[np.int32]]:
    """Return the eligible reps of all groups on end, and where each group starts."""
    counts, reps = [np.zeros(1, dtype=np.int64)], [np.empty(0, dtype=np.int32)]
    for block in range(0, len(first), BLOCK):
        leads = first[block : block + BLOCK]
        allowed = np.tile(available, (len(leads), 1))
        for rule in rules:
            allowed &= rule.allowed[rule.key[leads]]
        counts.append(allowed.sum(axis=1))
        reps.append((np.flatnonzero(allowed) % len(available)).astype(np.int32))
    return np.cumsum(np.concatenate(counts)), np.concatenate(reps)
