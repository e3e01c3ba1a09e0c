"""Leads and reps as arrays of a fixed order: what the compiled sweeps look at.

A lead's options are the entries of its segment. What it gains without taking a slot,
unassigned or with a rep who has it anyway, is one number, its outside value: minus
what skipping it costs, or minus infinity where it must be assigned.
"""

from dataclasses import dataclass, replace
from functools import cached_property
from typing import NamedTuple, Self

import numpy as np
from numpy.typing import NDArray

from solver.engines.price.market.graph import Graph


class Leads(NamedTuple):
    """Leads, ordered by segment, then by the size of their values.

    Attributes
    ----------
    segment
        Shape (n_leads,).
    part
        Shape (n_leads,); the lead's part of the odds against a win,
        exp(-log odds), or its log odds where there are interactions.
    amount, outside
        Shape (n_leads,); what a win counts for, and the outside value.
    first
        Shape (n_leads,); where a lead's values start in `stored`, -1 where they are
        computed; empty where all are.
    stored
        Values of the options of leads whose values are stored.
    factors
        Shape (n_leads, k).
    """

    segment: NDArray[np.int32]
    part: NDArray[np.float64]
    amount: NDArray[np.float64]
    outside: NDArray[np.float64]
    first: NDArray[np.int64]
    stored: NDArray[np.float64]
    factors: NDArray[np.float64]


class Entries(NamedTuple):
    """Options of the segments.

    Attributes
    ----------
    start
        Shape (n_segments + 1,).
    rep
        Shape (n_entries,); increasing within a segment.
    part
        Shape (n_entries,); the rep's part of the odds against a win, or of the log odds
        where there are interactions.
    charge
        Shape (n_entries,).
    factors
        Shape (n_reps, k).
    step
        Step of what reps add to the log odds; 0 for none.
    """

    start: NDArray[np.int64]
    rep: NDArray[np.int32]
    part: NDArray[np.float64]
    charge: NDArray[np.float64]
    factors: NDArray[np.float64]
    step: float

    @property
    def widest(self) -> int:
        """Most options of a segment."""
        return int(np.diff(self.start).max(initial=0))


def every(step: int) -> slice:
    """Return the places of the leads that a sample of every so many has."""
    return slice(step // 2, None, step)


@dataclass(frozen=True, eq=False)
class Market:
    """Leads that want slots, reps who have them, and which reps share leads.

    Attributes
    ----------
    leads, entries
        The pairs.
    capacity
        Shape (n_reps,); slots.
    graph
        The reps who share a segment.
    lead_order, rep_order
        Shape (n_leads,) and (n_reps,); positions in the problem.
    outside_rep
        Shape (n_leads,); the rep, in the problem, who takes the lead without a slot
        where that is its outside value, else -1.
    """

    leads: Leads
    entries: Entries
    capacity: NDArray[np.int64]
    graph: Graph
    lead_order: NDArray[np.int64]
    rep_order: NDArray[np.int64]
    outside_rep: NDArray[np.int32]

    @property
    def n_leads(self) -> int:
        """Number of leads."""
        return len(self.leads.segment)

    @property
    def n_reps(self) -> int:
        """Number of reps."""
        return len(self.capacity)

    @cached_property
    def width(self) -> float:
        """Mean number of options of a lead."""
        counts = np.diff(self.entries.start)
        return float(counts[self.leads.segment].mean()) if self.n_leads else 0.0

    def valued(self, first: NDArray[np.int64], stored: NDArray[np.float64]) -> Self:
        """Return the same market with the values of all options stored.

        Parameters
        ----------
        first, stored
            As :class:`Leads` has them.
        """
        leads = self.leads._replace(
            first=first, stored=stored, factors=np.empty((0, 0))
        )
        return replace(self, leads=leads)

    def of_every(self, step: int) -> Self:
        """Return a sample: every so many leads, and as much less capacity.

        Nobody must be assigned in it: what the day allows, a sample may not.
        """
        kept = every(step)
        first, leads = self.leads.first, self.leads
        outside = leads.outside[kept]
        finite = outside[np.isfinite(outside)]
        least = -8 * self.largest_value + finite.min(initial=0.0)
        sample = Leads(
            leads.segment[kept].copy(),
            leads.part[kept].copy(),
            leads.amount[kept].copy(),
            np.maximum(outside, least),
            first[kept].copy() if len(first) else first,
            leads.stored,
            leads.factors[kept].copy() if leads.factors.size else leads.factors,
        )
        return replace(self, leads=sample, capacity=self._shrunk(step))

    def _shrunk(self, step: int) -> NDArray[np.int64]:
        """Return capacities divided by a number, rounded so that sums keep up.

        Who has a slot keeps one.
        """
        near = np.argsort(self.graph.component, kind="stable")
        total = np.floor(np.cumsum(self.capacity[near]) / step + 0.5)
        shrunk = np.empty_like(self.capacity)
        shrunk[near] = np.diff(total, prepend=0.0).astype(np.int64)
        return np.maximum(shrunk, self.capacity > 0)

    @cached_property
    def largest_value(self) -> float:
        """No pair's value is larger, in size, nor what a lead without one costs."""
        leads, entries = self.leads, self.entries
        outside = leads.outside[np.isfinite(leads.outside)]
        sizes = (leads.amount, leads.stored, entries.charge, outside)
        return float(sum(np.abs(size).max(initial=0.0) for size in sizes))
