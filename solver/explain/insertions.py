"""What assigning one more lead would break or cost, all else unchanged."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from solver.explain.reasons import Reason
from solver.problem.constraints import Group, Share, outside
from solver.problem.solution import Solution


@dataclass(frozen=True, eq=False)
class Obstacle:
    """What keeps some pairs from being added to an allocation.

    Attributes
    ----------
    reason
        Why a lead is unassigned that has no other pairs.
    text
        What stands in the way, in words.
    pair
        Shape (k,); the pairs.
    """

    reason: Reason
    text: str
    pair: NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Insertions:
    """The pairs of unassigned leads, each judged as the only one to be added.

    Attributes
    ----------
    solution
        The allocation.
    """

    solution: Solution

    @cached_property
    def pair(self) -> NDArray[np.int64]:
        """The pairs of leads without an owner, shape (n_open,), increasing."""
        return np.flatnonzero(~self.solution.assigned[self.solution.problem.lead])

    @cached_property
    def gain(self) -> NDArray[np.float64]:
        """What adding each pair would change in the objective, shape (n_pairs,).

        Zero for the pairs of leads that have an owner.
        """
        problem = self.solution.problem
        gain = np.zeros(problem.n_pairs)
        gain[self.pair] = problem.value[self.pair]
        gain[self.pair] += problem.skip_cost[problem.lead[self.pair]]
        for _, pair, cost in self._costs():
            gain[pair] -= cost
        return gain

    def charges(self, lead: int) -> dict[str, NDArray[np.float64]]:
        """Return what each soft rule on several leads would charge a lead's pairs.

        Returns
        -------
        dict
            Name of the rule -> shape (n_pairs of the lead,), in their order; less than
            0 where the pair would bring a sum nearer to its bounds.
        """
        start, end = self.solution.problem.indptr[lead : lead + 2]
        charges: dict[str, NDArray[np.float64]] = {}
        for rule, pair, cost in self._costs():
            own = (start <= pair) & (pair < end)
            charge = charges.setdefault(rule, np.zeros(end - start))
            np.add.at(charge, pair[own] - start, cost[own])
        return charges

    def obstacles(self, lead: int) -> list[tuple[Obstacle, NDArray[np.int64]]]:
        """Return what stands in the way of a lead's pairs, each with those pairs."""
        pair, which, start = self._obstacles_by_pair
        at = slice(start[lead], start[lead + 1])
        pair, which = pair[at], which[at]
        return [
            (self._obstacles[number], pair[which == number])
            for number in sorted(set(which.tolist()))
        ]

    @cached_property
    def _obstacles(self) -> list[Obstacle]:
        pairs: defaultdict[tuple[Reason, str], list[NDArray[np.int64]]]
        pairs = defaultdict(list)
        for kind in (self._slots, self._limits, self._groups, self._shares):
            for obstacle in kind():
                pairs[obstacle.reason, obstacle.text].append(obstacle.pair)
        return [Obstacle(*key, np.concatenate(parts)) for key, parts in pairs.items()]

    @cached_property
    def _obstacles_by_pair(
        self,
    ) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
        """Return pairs, increasing, the number of an obstacle, and leads' first places.

        Shapes (k,), (k,) and (n_leads + 1,).
        """
        counts = [len(obstacle.pair) for obstacle in self._obstacles]
        which = np.repeat(np.arange(len(counts)), counts)
        pair = np.concatenate(
            [np.empty(0, np.int64), *(obstacle.pair for obstacle in self._obstacles)]
        )
        order = np.argsort(pair, kind="stable")
        pair = pair[order]
        start = np.searchsorted(pair, self.solution.problem.indptr)
        return pair, which[order], start

    def _costs(self) -> Iterator[tuple[str, NDArray[np.int64], NDArray[np.float64]]]:
        """Yield each soft rule on several leads, pairs, and what it would charge."""
        for limit in self.solution.problem.limits:
            if not limit.is_hard:
                amount = limit.amount(self.solution.chosen)
                after = outside(amount + limit.weight, limit.lower, limit.upper)
                before = outside(amount, limit.lower, limit.upper)
                open_ = self._is_open(limit.pair)
                cost = (limit.penalty * (after - before))[open_]
                yield limit.rule, limit.pair[open_], cost
        for group in self.solution.problem.groups:
            if not group.is_hard:
                pair = self._with_another_owner(group)
                yield group.rule, pair, np.full(len(pair), group.penalty)
        for share in self.solution.problem.shares:
            if not share.is_hard:
                before = share.outside(self.solution.rep_of).sum()
                for pair, beyond in self._beyond(share):
                    cost = share.penalty * (np.abs(beyond).sum(axis=1) - before)
                    yield share.rule, pair, cost

    def _slots(self) -> Iterator[Obstacle]:
        problem = self.solution.problem
        full = self.solution.slots_used >= problem.capacity
        taken = problem.uses_slot[self.pair] & full[problem.rep[self.pair]]
        yield Obstacle(Reason.REPS_FULL, "full", self.pair[taken])

    def _limits(self) -> Iterator[Obstacle]:
        problem = self.solution.problem
        for limit in problem.limits:
            if not limit.is_hard:
                continue
            amount = limit.amount(self.solution.chosen) + limit.weight
            above = outside(amount, -np.inf, limit.upper) > 0
            is_slot = limit.what == "rep_slot"
            owner = "" if limit.what.startswith("rep_") else f"{limit.key} "
            yield Obstacle(
                Reason.REPS_FULL if is_slot else Reason.LIMIT_REACHED,
                f"rule {limit.rule}, {owner}at most {limit.upper:g}",
                limit.pair[above & self._is_open(limit.pair)],
            )

    def _groups(self) -> Iterator[Obstacle]:
        problem, rep_of = self.solution.problem, self.solution.rep_of
        for group in problem.groups:
            pair = self._with_another_owner(group)
            if group.is_hard and len(pair):
                owner = problem.rep_ids[rep_of[group.lead].max()]
                text = f"rule {group.rule}, {group.key} is with {owner}"
                yield Obstacle(Reason.OWNER_ELSEWHERE, text, pair)

    def _shares(self) -> Iterator[Obstacle]:
        problem, rep_of = self.solution.problem, self.solution.rep_of
        for share in problem.shares:
            if not share.is_hard:
                continue
            has_some = share.weight_of(rep_of) > 0
            for pair, beyond in self._beyond(share):
                rep = problem.rep[pair]
                own = beyond[np.arange(len(pair)), rep]
                others = beyond.any(axis=1) & (own == 0)
                for text, which in (
                    ("more than a fair share", (own > 0) & has_some[rep]),
                    (
                        "this lead alone is above a fair share",
                        (own > 0) & ~has_some[rep],
                    ),
                    ("still less than a fair share", own < 0),
                    ("others would have too little", others),
                ):
                    text = f"rule {share.rule}, {text}"
                    yield Obstacle(Reason.SHARE_REACHED, text, pair[which])

    def _is_open(self, pair: NDArray[np.int64]) -> NDArray[np.bool_]:
        return ~self.solution.assigned[self.solution.problem.lead[pair]]

    def _with_another_owner(self, group: Group) -> NDArray[np.int64]:
        """Return the open pairs of a group that would bring another owner in."""
        problem, rep_of = self.solution.problem, self.solution.rep_of
        owners = np.unique(rep_of[group.lead])
        leads = group.lead[rep_of[group.lead] < 0]
        if len(leads) == 0 or owners[-1] < 0:
            return np.empty(0, np.int64)
        pair = np.concatenate([np.arange(*problem.indptr[i : i + 2]) for i in leads])
        return pair[~np.isin(problem.rep[pair], owners)]

    def _beyond(
        self, share: Share
    ) -> Iterator[tuple[NDArray[np.int64], NDArray[np.float64]]]:
        """Yield each open lead's pairs, with what every rep would be outside the share.

        Shapes (k,) and (k, n_reps); negative for who would have too little.
        """
        problem, weight = self.solution.problem, share.weight_of(self.solution.rep_of)
        for lead in np.flatnonzero(~self.solution.assigned & (share.weight > 0)):
            pair = np.arange(*problem.indptr[lead : lead + 2])
            after = np.tile(weight, (len(pair), 1))
            after[np.arange(len(pair)), problem.rep[pair]] += share.weight[lead]
            least, most = share.bounds(float(weight.sum() + share.weight[lead]))
            above = outside(after, -np.inf, most)
            yield pair, above - outside(after, least, np.inf)
