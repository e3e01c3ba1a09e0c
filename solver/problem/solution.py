"""A solution: each lead's owner or none; it computes its objective and violations."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Self

import numpy as np
from numpy.typing import NDArray

from solver.problem.problem import Problem, ProblemError

TINIEST = 2.0**-900
"""Values below this are nothing."""


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

    @classmethod
    def of_reps(cls, problem: Problem, rep_of: NDArray[np.int32]) -> Self:
        """Return the solution in which each lead has this rep, or none where -1.

        Parameters
        ----------
        rep_of
            Shape (n_leads,).

        Raises
        ------
        ProblemError
            Where a lead is not eligible for its rep.
        """
        leads = np.flatnonzero(rep_of >= 0)
        code = problem.lead.astype(np.int64) * problem.n_reps + problem.rep
        wanted = leads * problem.n_reps + rep_of[leads]
        place = np.searchsorted(code, wanted)
        found = place < len(code)
        found[found] = code[place[found]] == wanted[found]
        if not found.all():
            lead = leads[~found][0]
            lead_id, rep_id = problem.lead_ids[lead], problem.rep_ids[rep_of[lead]]
            raise ProblemError(f"lead {lead_id} is not eligible for rep {rep_id}")
        solution = cls.unassigned(problem)
        solution.pair[leads] = place
        return solution

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

    @property
    def owner(self) -> dict[str, str]:
        """Lead id -> rep id, of the leads that are assigned."""
        rep_ids = self.problem.rep_ids[self.rep_of[self.assigned]]
        lead_ids = self.problem.lead_ids[self.assigned]
        return dict(zip(lead_ids.tolist(), rep_ids.tolist(), strict=True))

    @cached_property
    def load(self) -> NDArray[np.int64]:
        """Leads assigned to each rep, shape (n_reps,)."""
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

    @cached_property
    def chosen(self) -> NDArray[np.bool_]:
        """Whether each pair is chosen, shape (n_pairs,)."""
        chosen = np.zeros(self.problem.n_pairs, dtype=bool)
        chosen[self.pair[self.assigned]] = True
        return chosen

    @property
    def value(self) -> float:
        """Sum of the chosen pairs' values, in the objective's unit."""
        return float(self.problem.value[self.pair[self.assigned]].sum())

    @property
    def distributed(self) -> float:
        """Value that is distributed: the sum of the chosen pairs' positive values.

        At least their median over all pairs. Where no pair has a positive value, the
        sum of the chosen ones' costs, or the largest cost of the problem.
        """
        problem, chosen = self.problem, self.problem.value[self.pair[self.assigned]]
        positive = problem.value[problem.value > 0]
        if len(positive):
            typical = float(np.median(positive))
            return float(max(np.maximum(chosen, 0.0).sum(), typical, TINIEST))
        return float(np.abs(chosen).sum() or max(self._largest_cost, TINIEST))

    @property
    def _largest_cost(self) -> float:
        problem = self.problem
        costs = [
            *(limit.penalty for limit in problem.limits if not limit.is_hard),
            *(share.penalty for share in problem.shares if not share.is_hard),
            *(group.penalty for group in problem.groups if not group.is_hard),
        ]
        values = np.abs(problem.value).max(initial=0.0)
        return max([*costs, values, problem.skip_cost.max(initial=0.0)])

    @property
    def penalties(self) -> dict[str, float]:
        """Name of each soft rule on more than one pair -> what it costs here.

        Soft rules on pairs are charged in the pairs' values; what unassigned leads
        cost stands under "unassigned".
        """
        problem = self.problem
        costs: defaultdict[str, float] = defaultdict(float)
        costs["unassigned"] = float(problem.skip_cost[~self.assigned].sum())
        for limit in problem.limits:
            if not limit.is_hard:
                costs[limit.rule] += limit.penalty * limit.outside(self.chosen)
        for share in problem.shares:
            if not share.is_hard:
                beyond = share.outside(self.rep_of).sum()
                costs[share.rule] += share.penalty * beyond
        for group in problem.groups:
            if not group.is_hard:
                costs[group.rule] += group.penalty * group.outside(self.rep_of)
        return {rule: float(cost) for rule, cost in costs.items() if cost}

    @cached_property
    def objective(self) -> float:
        """Value less penalties, in the objective's unit."""
        return self.value - sum(self.penalties.values())

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
        yield from self._side_breaches()

    def _side_breaches(self) -> Iterator[str]:
        problem = self.problem
        for limit in problem.limits:
            if limit.is_hard and limit.outside(self.chosen):
                yield f"{limit.rule}: {limit.sentence(self.chosen)}"
        for share in problem.shares:
            for j in np.flatnonzero(share.is_hard * share.outside(self.rep_of)):
                yield f"{share.rule}: rep {problem.rep_ids[j]} leaves the fair share"
        for group in problem.groups:
            if group.is_hard and group.outside(self.rep_of):
                yield f"{group.rule}: {group.key} has more than one owner"
