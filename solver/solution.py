"""One owner per lead, or none; judges itself without the solver that made it."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Self

import numpy as np
from numpy.typing import NDArray

from solver.problem import Problem


@dataclass(frozen=True, eq=False)
class Solution:
    """The pair chosen for each lead of a problem.

    Attributes
    ----------
    problem
        The problem solved.
    pair
        Shape (n_leads,); index of the chosen pair, or -1 for none.
    """

    problem: Problem
    pair: NDArray[np.int64]

    @classmethod
    def unassigned(cls, problem: Problem) -> Self:
        """Return the solution that leaves every lead without an owner."""
        return cls(problem, np.full(problem.n_leads, -1, dtype=np.int64))

    @cached_property
    def assigned(self) -> NDArray[np.bool_]:
        """Whether each lead has an owner, shape (n_leads,)."""
        return self.pair >= 0

    @cached_property
    def rep_of(self) -> NDArray[np.int32]:
        """Position of each lead's rep, or -1, shape (n_leads,)."""
        rep = np.full(len(self.pair), -1, dtype=np.int32)
        rep[self.assigned] = self.problem.rep[self.pair[self.assigned]]
        return rep

    @cached_property
    def load(self) -> NDArray[np.int64]:
        """Leads given to each rep, shape (n_reps,)."""
        owners = self.rep_of[self.assigned]
        return np.bincount(owners, minlength=self.problem.n_reps)

    @cached_property
    def slots_used(self) -> NDArray[np.int64]:
        """Leads that take a slot of each rep, shape (n_reps,)."""
        chosen = self.pair[self.assigned]
        taking = self.problem.rep[chosen[self.problem.uses_slot[chosen]]]
        return np.bincount(taking, minlength=self.problem.n_reps)

    @property
    def n_assigned(self) -> int:
        """Number of leads with an owner."""
        return int(self.assigned.sum())

    @property
    def n_unassigned(self) -> int:
        """Number of leads without one."""
        return len(self.pair) - self.n_assigned

    @property
    def objective(self) -> float:
        """Sum of the chosen pairs' values, in the objective's unit."""
        return float(self.problem.value[self.pair[self.assigned]].sum())

    def breaches(self) -> Iterator[str]:
        """Yield a sentence for every limit of the problem that does not hold."""
        problem = self.problem
        chosen = self.pair[self.assigned]
        if np.any(problem.lead[chosen] != np.flatnonzero(self.assigned)):
            yield "a lead holds a pair of another lead"
        for j in np.flatnonzero(self.slots_used > problem.capacity):
            yield (
                f"rep {problem.rep_ids[j]} holds {self.slots_used[j]} leads, "
                f"{problem.capacity[j]} slots"
            )
        for i in np.flatnonzero(problem.must & ~self.assigned):
            yield f"lead {problem.lead_ids[i]} must be assigned and is not"
