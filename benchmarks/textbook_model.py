"""The textbook mixed-integer model of a problem, for one call of SciPy's HiGHS.

Shares no code with the engine that it is compared with.
"""

from math import inf
from typing import Any

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, OptimizeResult, milp
from scipy.sparse import coo_array

from solver import Problem
from solver.problem.constraints import Group, Limit, Share

Terms = dict[int, float]


class TextbookModel:
    """Columns and rows as lists: a 0-1 column for each pair, the others behind."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.gain: list[float] = []
        self.most: list[float] = []
        self.is_integer: list[bool] = []
        self.constant = -float(problem.skip_cost.sum())
        self._rows: list[tuple[Terms, float, float]] = []
        for value, lead in zip(problem.value, problem.lead, strict=True):
            self._column(float(value + problem.skip_cost[lead]), 1.0, is_integer=True)
        self._add_slots()
        for limit in problem.limits:
            self._add_limit(limit)
        for share in problem.shares:
            self._add_share(share)
        for group in problem.groups:
            self._add_group(group)

    def solved(self, time_limit: float) -> OptimizeResult:
        """Return SciPy's result; it minimises, so that signs are turned."""
        entries = [
            (row, column, entry)
            for row, (terms, *_) in enumerate(self._rows)
            for column, entry in terms.items()
        ]
        row, column, entry = np.array(entries).T
        at = row.astype(int), column.astype(int)
        size = len(self._rows), len(self.gain)
        _, lower, upper = zip(*self._rows, strict=True)
        return milp(
            -np.array(self.gain),
            integrality=np.array(self.is_integer, dtype=int),
            bounds=Bounds(0, np.array(self.most)),
            constraints=LinearConstraint(
                coo_array((entry, at), shape=size).tocsr(), lower, upper
            ),
            options={"time_limit": time_limit, "mip_rel_gap": 0},
        )

    def _column(
        self, gain: float = 0.0, most: float = inf, *, is_integer: bool = False
    ) -> int:
        self.gain.append(gain)
        self.most.append(most)
        self.is_integer.append(is_integer)
        return len(self.gain) - 1

    def _row(self, terms: Terms, lower: float, upper: float) -> None:
        self._rows.append((terms, lower, upper))

    def _slacks(self, penalty: float) -> Terms:
        if penalty == inf:
            return {}
        return {self._column(-penalty): 1.0, self._column(-penalty): -1.0}

    def _add_slots(self) -> None:
        problem = self.problem
        for lead in range(problem.n_leads):
            pairs = range(*problem.indptr[lead : lead + 2])
            least = float(problem.must[lead])
            self._row(dict.fromkeys(pairs, 1.0), least, 1.0)
        for rep in range(problem.n_reps):
            slots = np.flatnonzero((problem.rep == rep) & problem.uses_slot)
            room = float(problem.capacity[rep])
            self._row(dict.fromkeys(slots.tolist(), 1.0), 0.0, room)

    def _add_limit(self, limit: Limit) -> None:
        terms = dict(zip(limit.pair.tolist(), limit.weight.tolist(), strict=True))
        self._row(terms | self._slacks(limit.penalty), limit.lower, limit.upper)

    def _add_share(self, share: Share) -> None:
        weight = share.weight[self.problem.lead]
        total = self._column()
        everything: Terms = dict(enumerate(weight.tolist()))
        self._row(everything | {total: -1.0}, 0.0, 0.0)
        for rep in np.flatnonzero(share.fair > 0).tolist():
            own = np.flatnonzero(self.problem.rep == rep)
            load = dict(zip(own.tolist(), weight[own].tolist(), strict=True))
            load |= self._slacks(share.penalty)
            fair = float(share.fair[rep])
            if share.lower > 0:
                self._row(load | {total: -share.lower * fair}, 0.0, inf)
            if share.upper < inf:
                self._row(load | {total: -share.upper * fair}, -inf, 0.0)

    def _add_group(self, group: Group) -> None:
        owner: dict[int, int] = {}
        for lead in group.lead:
            for pair in range(*self.problem.indptr[lead : lead + 2]):
                rep = int(self.problem.rep[pair])
                if rep not in owner:
                    owner[rep] = self._column(0.0, 1.0, is_integer=True)
                self._row({pair: 1.0, owner[rep]: -1.0}, -inf, 0.0)
        owners: Terms = dict.fromkeys(owner.values(), 1.0)
        more = {} if group.penalty == inf else {self._column(-group.penalty): -1.0}
        self._row(owners | more, -inf, 1.0)


def plain(problem: Problem, time_limit: float) -> dict[str, Any]:
    """Return the objective, bound and status that one call finds."""
    model = TextbookModel(problem)
    outcome = model.solved(time_limit)
    found, bound = outcome.x is not None, outcome.mip_dual_bound
    return {
        "objective": model.constant - outcome.fun if found else -inf,
        "bound": inf if bound is None else model.constant - bound,
        "is_optimal": outcome.status == 0,
    }
