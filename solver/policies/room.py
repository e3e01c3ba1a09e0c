"""Remaining room: which pairs are still allowed as leads are assigned in turn."""

from collections import defaultdict
from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from solver.policies.bounds import BoundEntries, OpenBounds
from solver.problem.problem import Problem
from solver.problem.solution import Solution

BLOCK = 256
"""Pairs searched together for an open one."""


class Room:
    """The pairs taken so far, and those still open.

    A pair is open while its lead has no owner and taking it breaks no hard rule that
    can be judged before the last lead is assigned: the rep's slots, upper bounds,
    the one owner of a group, and the largest part that a rep could have of a share.
    Pairs close and never open again. Lower bounds and shares of what is assigned
    in the end are repaired afterwards: :func:`solver.policies.repair.obedient`.

    Parameters
    ----------
    problem
        Its soft rules do not count.

    Attributes
    ----------
    open
        Shape (n_pairs,); whether each pair may be taken.
    taken
        Shape (n_reps,); slots used so far.
    """

    def __init__(self, problem: Problem) -> None:
        self._problem = problem
        self._ends = problem.indptr.tolist()
        self._chosen = np.full(problem.n_leads, -1, dtype=np.int64)
        self._bounds = OpenBounds(BoundEntries.of(problem), problem.n_pairs)
        self._others = _others_of_each_lead(problem)
        self.open = np.ones(problem.n_pairs, dtype=bool)
        self.taken = np.zeros(problem.n_reps, dtype=np.int64)
        for pairs in self._bounds.too_small():
            self.open[pairs] = False

    @property
    def solution(self) -> Solution:
        """The pairs taken."""
        return Solution(self._problem, self._chosen)

    def pairs_of(self, lead: int) -> NDArray[np.int64]:
        """Return the open pairs of a lead."""
        start, end = self._ends[lead], self._ends[lead + 1]
        return start + self.open[start:end].nonzero()[0]

    def open_among(self, pairs: NDArray[np.int64]) -> Iterator[int]:
        """Yield the pairs that are open when their turn comes, in this order."""
        start = 0
        while start < len(pairs):
            block = pairs[start : start + BLOCK]
            is_open = self.open[block]
            first = int(is_open.argmax())
            if is_open[first]:
                start += first + 1
                yield int(block[first])
            else:
                start += len(block)

    def take(self, pair: int) -> None:
        """Assign the pair's lead to its rep, and close what this rules out."""
        lead, rep = int(self._problem.lead[pair]), int(self._problem.rep[pair])
        self._chosen[lead] = pair
        self.taken[rep] += self._problem.uses_slot[pair]
        self.open[self._ends[lead] : self._ends[lead + 1]] = False
        for pairs in self._bounds.take(pair):
            self.open[pairs] = False
        for leads in self._others.pop(lead, ()):
            self._reserve(rep, leads)

    def _reserve(self, rep: int, leads: list[int]) -> None:
        """Close the pairs of these leads with other reps; once per group."""
        for lead in leads:
            pairs = slice(self._ends[lead], self._ends[lead + 1])
            self.open[pairs] &= self._problem.rep[pairs] == rep
        leads.clear()


def _others_of_each_lead(problem: Problem) -> dict[int, list[list[int]]]:
    """Return, for each lead that must share its owner, the leads it shares it with."""
    groups = defaultdict(list)
    for group in problem.groups:
        if group.is_hard:
            leads = group.lead.tolist()
            for lead in leads:
                groups[lead].append(leads)
    return groups
