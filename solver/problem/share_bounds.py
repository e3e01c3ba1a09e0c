"""Bounds on shares: multiples of what reps could fairly get, in whole leads."""

from dataclasses import dataclass, replace
from functools import cached_property
from math import fsum, isfinite

import numpy as np
from numpy.typing import NDArray

from solver.problem.constraints import TOLERANCE, Share
from solver.problem.fair_division import fair_division, fitting_pairs
from solver.problem.problem import Problem


def with_fair_bounds(problem: Problem) -> Problem:
    """Return the problem whose shares are of what each rep could get of the day.

    The fair parts given are claims, such as hours. Those of the result are the parts of
    the weight that a rep has where leads are divided by them
    (:func:`~solver.problem.fair_division.fair_division`), and bounds leave room for
    whole leads: a lower bound asks for no more, and an upper one for no fewer, than a
    rep's whole leads in an assignment that rounds this division.
    """
    shares = (_fair_bounds(problem, share) for share in problem.shares)
    return problem.replace(shares=tuple(shares))


def _fair_bounds(problem: Problem, share: Share) -> Share:
    part = fair_division(problem, share)
    weight = np.bincount(
        problem.rep, share.weight[problem.lead] * part, problem.n_reps
    ).astype(float)
    fair = weight / (fsum(weight) or 1.0)
    whole = WholeLeads(problem, share.weight, part)
    least = _multiple(whole.least, fair * whole.largest_total)
    most = _multiple(whole.most, fair * whole.least_total)
    return replace(
        share,
        fair=fair,
        lower=np.where(fair > 0, np.minimum(share.lower, least), 0.0),
        upper=np.where(fair > 0, np.maximum(share.upper, most), np.inf),
    )


def _multiple(
    weight: NDArray[np.float64], fair: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Return the weights as multiples of the fair ones, infinite where that is 0."""
    infinite = np.full_like(fair, np.inf)
    return np.divide(weight, fair, out=infinite, where=fair > 0)


@dataclass(frozen=True, eq=False)
class WholeLeads:
    """What reps get where a division of the leads is rounded to whole ones.

    Some assignment gives each rep an amount from `least` to `most`, and no less than
    `least_total` altogether: the parts of a rep's leads, the heaviest first, fill units
    of one lead, and each unit gets one of the leads in it. That keeps to slots; reps
    with a limit in hours, or on some of their leads, may have one lead less for it.
    Leads that must have one owner count as one lead.

    Attributes
    ----------
    problem
        The problem.
    weight
        Shape (n_leads,); what each lead counts.
    part
        Shape (n_pairs,); the part of the lead that goes to the rep.

    References
    ----------
    Shmoys and Tardos (1993), An approximation algorithm for the generalized
    assignment problem, doi:10.1007/BF01585178.
    """

    problem: Problem
    weight: NDArray[np.float64]
    part: NDArray[np.float64]

    @property
    def least(self) -> NDArray[np.float64]:
        """The least weight of each rep, shape (n_reps,)."""
        least = np.array([least for least, _ in self._least_and_most])
        return np.maximum(least - self._spared, 0.0)

    @property
    def most(self) -> NDArray[np.float64]:
        """The most weight of each rep, shape (n_reps,)."""
        return np.array([most for _, most in self._least_and_most])

    @property
    def least_total(self) -> float:
        """The least weight of all reps: of the leads divided without remainder."""
        divided = np.bincount(self.problem.lead, self.part, self.problem.n_leads)
        whole = fsum(self.weight[divided >= 1 - TOLERANCE])
        return max(whole - fsum(self._spared), fsum(self.least))

    @property
    def largest_total(self) -> float:
        """What all reps could get at most, each as many leads as they have slots."""
        servable = np.unique(self.problem.lead[fitting_pairs(self.problem)])
        by_rep = fsum(self._most_of(rep, own) for rep, own in enumerate(self._pairs_of))
        return min(fsum(self.weight[servable]), by_rep)

    @cached_property
    def _pairs_of(self) -> list[NDArray[np.int64]]:
        """The pairs of each rep."""
        rep = self.problem.rep
        ends = np.cumsum(np.bincount(rep, minlength=self.problem.n_reps))
        return np.split(np.argsort(rep, kind="stable"), ends[:-1])

    @cached_property
    def _least_and_most(self) -> list[tuple[float, float]]:
        return [self._rounded(own[self.part[own] > 0]) for own in self._pairs_of]

    @cached_property
    def _spared(self) -> NDArray[np.float64]:
        """The heaviest lead of each rep that rounding may not keep, shape (n_reps,)."""
        problem, counted = self.problem, self.part > 0
        n_own = np.bincount(problem.rep[counted], minlength=problem.n_reps)
        loose = np.zeros(problem.n_reps, dtype=bool)
        for limit in problem.limits:
            if limit.is_hard and isfinite(limit.upper):
                pair = limit.pair[counted[limit.pair]]
                n_in = np.bincount(problem.rep[pair], minlength=problem.n_reps)
                loose |= (n_in > 0) & ((n_in < n_own) | (not limit.counts_leads))
        heaviest = [
            self._units(own[counted[own]])[0].max(initial=0.0) for own in self._pairs_of
        ]
        return np.where(loose, heaviest, 0.0)

    def _rounded(self, pair: NDArray[np.int64]) -> tuple[float, float]:
        """Return the least and most weight of a rep with these pairs."""
        weight, count = self._units(pair)
        order = np.argsort(-weight, kind="stable")
        weight, filled = weight[order], np.cumsum(count[order])
        total = filled[-1] if len(filled) else 0.0
        full = np.arange(1, np.floor(total + TOLERANCE) + 1)
        begun = np.arange(np.ceil(total - TOLERANCE))
        last = np.searchsorted(filled, full - TOLERANCE)
        first = np.searchsorted(filled, begun + TOLERANCE)
        return fsum(weight[last]), fsum(weight[first])

    def _units(
        self, pair: NDArray[np.int64]
    ) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Return the weight of each unit in these pairs, and the rep's part of it."""
        lead = self.problem.lead[pair]
        _, unit = np.unique(self._unit_of_lead[lead], return_inverse=True)
        weight = np.bincount(unit, self.weight[lead]).astype(float)
        own = np.bincount(unit, self.weight[lead] * self.part[pair])
        return weight, own / weight

    @cached_property
    def _unit_of_lead(self) -> NDArray[np.int64]:
        """The first of the leads that must have each lead's owner, shape (n_leads,)."""
        unit = np.arange(self.problem.n_leads)
        for group in self.problem.groups:
            if group.is_hard:
                joined = np.isin(unit, unit[group.lead])
                unit[joined] = unit[group.lead].min()
        return unit

    def _most_of(self, rep: int, pair: NDArray[np.int64]) -> float:
        """Return the weight of as many of the heaviest leads as the rep has slots."""
        weight = self.weight[self.problem.lead[pair]]
        slotted = self.problem.uses_slot[pair]
        heaviest = np.sort(weight[slotted])[::-1][: self.problem.capacity[rep]]
        return fsum(heaviest) + fsum(weight[~slotted])
