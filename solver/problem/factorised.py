"""A large day's pairs, computed where they are looked at from leads, reps and segments.

Leads of a segment may go to the same reps at the same charges, so that a pair is
known by its lead and its place in the segment's list:

    value = expit(log odds of the lead + what the rep adds) * amount - charge
"""

from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit

from solver.problem.exceptions import Exceptions, StoredPairs, with_exceptions
from solver.problem.problem import (
    Problem,
    ProblemError,
    check_lengths,
    check_numbers,
)
from solver.problem.segments import Segments

BLOCK = 1 << 16
"""Leads whose pairs are looked at at once."""


def _nothing() -> NDArray[np.float64]:
    return np.empty((0, 0))


@dataclass(frozen=True, eq=False)
class FactorisedProblem:
    """Leads, reps, and segments from which every eligible pair can be computed.

    The limits are the reps' slots alone; leads, reps, capacity, must and skip costs
    are as in :class:`~solver.problem.problem.Problem`.

    Attributes
    ----------
    lead_ids, rep_ids
        Shape (n_leads,) and (n_reps,); unique text, or unique whole numbers.
    segments
        The reps of each segment.
    segment
        Shape (n_leads,); each lead's segment.
    log_odds
        Shape (n_leads,); of a win with an average rep.
    amount
        Shape (n_leads,); what a win counts for.
    capacity
        Shape (n_reps,); slots per rep.
    must
        Shape (n_leads,).
    skip_cost
        Shape (n_leads,).
    lead_factors, rep_factors
        Shape (n_leads, k) and (n_reps, k); their inner product adds to the log odds.
        Empty without interactions.
    step
        What reps add to the log odds counts in whole steps of this size; 0: as it is.
    exceptions
        Pairs that differ from their segment's.
    """

    lead_ids: NDArray[Any]
    rep_ids: NDArray[Any]
    segments: Segments
    segment: NDArray[np.int32]
    log_odds: NDArray[np.float64]
    amount: NDArray[np.float64]
    capacity: NDArray[np.int64]
    must: NDArray[np.bool_]
    skip_cost: NDArray[np.float64]
    lead_factors: NDArray[np.float64] = field(default_factory=_nothing)
    rep_factors: NDArray[np.float64] = field(default_factory=_nothing)
    step: float = 0.0
    exceptions: Exceptions = field(default_factory=Exceptions.none)

    def __post_init__(self) -> None:
        of_leads = ("segment", "log_odds", "amount", "must", "skip_cost")
        expected = dict.fromkeys(of_leads, self.n_leads) | {"capacity": self.n_reps}
        check_lengths(self, expected)
        check_numbers(self, finite=("log_odds", "amount", "skip_cost"))

    @property
    def unassigned_value(self) -> NDArray[np.float64]:
        """What each lead brings unassigned; -inf where it must be assigned."""
        return np.where(self.must, -np.inf, -self.skip_cost)

    @property
    def n_leads(self) -> int:
        """Number of leads."""
        return len(self.lead_ids)

    @property
    def n_reps(self) -> int:
        """Number of reps."""
        return len(self.rep_ids)

    @cached_property
    def n_segment_pairs(self) -> int:
        """Number of eligible pairs before exceptions."""
        return int(np.diff(self.segments.start)[self.segment].sum())

    def replace(self, **changes: Any) -> Self:
        """Return a copy with these fields changed."""
        return replace(self, **changes)

    def of_leads(self, lead: NDArray[np.int64]) -> Self:
        """Return the problem of some leads, with the segments that they have.

        Parameters
        ----------
        lead
            Positions, increasing.
        """
        exceptions, factors = self.exceptions, self.lead_factors
        where = np.full(self.n_leads, -1)
        where[lead] = np.arange(len(lead))
        own = where[exceptions.lead] >= 0
        used, segment = np.unique(self.segment[lead], return_inverse=True)
        return self.replace(
            lead_ids=self.lead_ids[lead],
            segments=self.segments.only(used),
            segment=segment.astype(np.int32),
            log_odds=self.log_odds[lead],
            amount=self.amount[lead],
            must=self.must[lead],
            skip_cost=self.skip_cost[lead],
            lead_factors=factors[lead] if factors.size else factors,
            exceptions=Exceptions(
                where[exceptions.lead[own]],
                exceptions.rep[own],
                exceptions.eligible[own],
                exceptions.value[own],
                exceptions.uses_slot[own],
            ),
        )

    def pairs(self, lo: int, hi: int) -> StoredPairs:
        """Return the pairs of the leads `lo` to `hi` - 1, to the last bit as stored.

        Their values are those that scores, amounts and charges give when they are
        evaluated pair by pair.
        """
        start, segment = self.segments.start, self.segment[lo:hi]
        count = np.diff(start)[segment]
        indptr = np.concatenate([[0], np.cumsum(count)]).astype(np.int64)
        entry = np.arange(indptr[-1]) + np.repeat(start[segment] - indptr[:-1], count)
        lead = np.repeat(np.arange(lo, lo + len(segment)), count)
        pairs = StoredPairs(
            indptr,
            self.segments.rep[entry],
            self.values(lead, entry),
            np.ones(len(entry), dtype=bool),
        )
        own = self.exceptions.of(lo, hi)
        return with_exceptions(pairs, own, self.n_reps) if len(own) else pairs

    def objective(self, rep_of: NDArray[np.int32]) -> float:
        """Return the value of an allocation less skip costs, pair by pair.

        Parameters
        ----------
        rep_of
            Shape (n_leads,); position of each lead's rep, -1 for none.

        Raises
        ------
        ProblemError
            Where a lead has a rep who is not eligible.
        """
        total = -float(self.skip_cost[rep_of < 0].sum())
        for lo in range(0, self.n_leads, BLOCK):
            by_segment, named = self._values_of(lo, rep_of[lo : lo + BLOCK])
            total += float(by_segment.sum() + named.sum())
        return total

    def distributed(self, rep_of: NDArray[np.int32]) -> float:
        """Return the sum of the chosen pairs' positive values.

        Parameters
        ----------
        rep_of
            As for :meth:`objective`.
        """
        total = 0.0
        for lo in range(0, self.n_leads, BLOCK):
            for value in self._values_of(lo, rep_of[lo : lo + BLOCK]):
                total += float(np.maximum(value, 0.0).sum())
        return total

    def slots_used(self, rep_of: NDArray[np.int32]) -> NDArray[np.int64]:
        """Return how many slots of each rep an allocation takes, (n_reps,).

        Parameters
        ----------
        rep_of
            Shape (n_leads,); position of each lead's rep, -1 for none.
        """
        own, takes_slot = self.exceptions, rep_of >= 0
        free = (rep_of[own.lead] == own.rep) & ~own.uses_slot
        takes_slot[own.lead[free]] = False
        return np.bincount(rep_of[takes_slot], minlength=self.n_reps)

    def _values_of(
        self, lo: int, rep_of: NDArray[np.int32]
    ) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Return what leads from `lo` on are worth by segment, and by exceptions."""
        own = self.exceptions.of(lo, lo + len(rep_of))
        # Exceptions that are chosen have values of their own.
        named = rep_of[own.lead] == own.rep
        if not own.eligible[named].all():
            raise ProblemError("a lead has a rep who is excluded")
        by_segment = rep_of >= 0
        by_segment[own.lead[named]] = False
        lead = np.flatnonzero(by_segment)
        owner = rep_of[lead]
        lead += lo
        # Entries are ordered by segment and rep, so each is found by bisection.
        wanted = self.segment[lead] * np.int64(self.n_reps) + owner
        entry = np.searchsorted(self._entry_code, wanted)
        entry = np.minimum(entry, max(len(self._entry_code) - 1, 0))
        if len(entry) and not np.array_equal(self._entry_code[entry], wanted):
            raise ProblemError("a lead has a rep who is not eligible")
        return self.values(lead, entry), own.value[named]

    @cached_property
    def _entry_code(self) -> NDArray[np.int64]:
        of_entry = np.repeat(
            np.arange(len(self.segments)), np.diff(self.segments.start)
        )
        return of_entry * self.n_reps + self.segments.rep

    def stored(self) -> Problem:
        """Return the same problem with its pairs stored; arrivals are not known."""
        return Problem(
            lead_ids=self.lead_ids.astype(str).astype(object),
            rep_ids=self.rep_ids.astype(str).astype(object),
            **self.pairs(0, self.n_leads)._asdict(),
            capacity=self.capacity,
            arrival=np.zeros(self.n_leads, dtype=np.int64),
            must=self.must,
            skip_cost=self.skip_cost,
        )

    def values(
        self, lead: NDArray[np.int64], entry: NDArray[np.int64]
    ) -> NDArray[np.float64]:
        """Return the values of pairs as their segments have them, (n_pairs,).

        Parameters
        ----------
        lead, entry
            Shape (n_pairs,); position of the lead, and of the entry of its segment.
        """
        added, log_odds = self.segments.added[entry], self.log_odds[lead]
        factors: NDArray[np.float64] | float = 0.0
        if self.rep_factors.size:
            of_rep = self.rep_factors[self.segments.rep[entry]]
            factors = np.einsum("ik,ik->i", self.lead_factors[lead], of_rep)
        if self.step:
            log_odds = log_odds + np.rint((added + factors) / self.step) * self.step
        else:
            log_odds = log_odds + added + factors
        return expit(log_odds) * self.amount[lead] - self.segments.charge[entry]
