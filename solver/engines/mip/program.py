"""A problem as a mixed-integer program, in sparse rows."""

from dataclasses import dataclass, field
from math import inf, isfinite
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from solver.problem.constraints import Group, Limit, Share
from solver.problem.problem import Problem


@dataclass(frozen=True, eq=False)
class Program:
    """Maximise ``gain @ z + constant`` where ``lower <= rows @ z <= upper``.

    The first columns of ``z`` are the pairs, from 0 to 1; the others are from 0 to
    `most`. The first rows are the leads, then the reps' slots, then the limits.

    Attributes
    ----------
    gain, most, is_integer
        Shape (n_columns,).
    constant
        Constant of the objective, in its unit.
    rows
        Shape (n_rows, n_columns).
    lower, upper
        Shape (n_rows,).
    """

    gain: NDArray[np.float64]
    most: NDArray[np.float64]
    is_integer: NDArray[np.bool_]
    constant: float
    rows: csr_array
    lower: NDArray[np.float64]
    upper: NDArray[np.float64]


def program(problem: Problem) -> Program:
    """Return the program whose optima are the optimal allocations of a problem."""
    draft = _Draft(problem.n_pairs)
    pairs = np.arange(problem.n_pairs)
    gain = problem.value + problem.skip_cost[problem.lead]
    draft.add_rows(
        problem.lead, pairs, np.ones(len(pairs)), problem.must.astype(float), 1.0
    )
    slots = np.flatnonzero(problem.uses_slot)
    draft.add_rows(
        problem.rep[slots],
        slots,
        np.ones(len(slots)),
        np.zeros(problem.n_reps),
        problem.capacity.astype(float),
    )
    for limit in problem.limits:
        _add_limit(draft, limit)
    for share in problem.shares:
        _add_share(draft, problem, share)
    for group in problem.groups:
        _add_group(draft, problem, group)
    skipped = float(problem.skip_cost.sum())
    return draft.program(
        np.where(problem.must[problem.lead], problem.value, gain),
        -(skipped - float(problem.skip_cost[problem.must].sum())),
    )


@dataclass(eq=False)
class _Draft:
    """A program that grows by rows and columns."""

    n_columns: int
    n_rows: int = 0
    gain: list[float] = field(default_factory=list)
    most: list[float] = field(default_factory=list)
    integer: list[bool] = field(default_factory=list)
    row: list[NDArray[np.integer[Any]]] = field(default_factory=list)
    column: list[NDArray[np.integer[Any]]] = field(default_factory=list)
    entry: list[NDArray[np.float64]] = field(default_factory=list)
    lower: list[NDArray[np.float64]] = field(default_factory=list)
    upper: list[NDArray[np.float64]] = field(default_factory=list)

    def add_column(
        self, gain: float = 0.0, most: float = inf, *, integer: bool = False
    ) -> int:
        """Return the position of a new column."""
        self.gain.append(gain)
        self.most.append(most)
        self.integer.append(integer)
        self.n_columns += 1
        return self.n_columns - 1

    def add_rows(
        self,
        row: NDArray[np.integer[Any]],
        column: NDArray[np.integer[Any]],
        entry: NDArray[np.float64],
        lower: NDArray[np.float64],
        upper: NDArray[np.float64] | float,
    ) -> None:
        """Add as many rows as `lower` has; `row` counts from the first of them."""
        self.row.append(row + self.n_rows)
        self.column.append(column)
        self.entry.append(entry)
        self.lower.append(lower)
        self.upper.append(np.broadcast_to(upper, lower.shape))
        self.n_rows += len(lower)

    def add_row(
        self, terms: dict[int, float], lower: float = -inf, upper: float = inf
    ) -> None:
        """Add one short row: column -> entry."""
        self.add_rows(
            np.zeros(len(terms), np.int64),
            np.array(list(terms), np.int64),
            np.array(list(terms.values())),
            np.array([lower]),
            upper,
        )

    def slacks(self, penalty: float) -> dict[int, float]:
        """Return new columns for shortfall and excess of a row, each at a penalty."""
        if not isfinite(penalty):
            return {}
        return {self.add_column(-penalty): 1.0, self.add_column(-penalty): -1.0}

    def program(self, gain: NDArray[np.float64], constant: float) -> Program:
        """Return the program."""
        n_pairs = len(gain)
        size = self.n_rows, self.n_columns
        at = np.concatenate(self.row), np.concatenate(self.column)
        return Program(
            gain=np.concatenate([gain, self.gain]),
            most=np.concatenate([np.ones(n_pairs), self.most]),
            is_integer=np.concatenate([np.ones(n_pairs, bool), self.integer]).astype(
                bool
            ),
            constant=constant,
            rows=csr_array((np.concatenate(self.entry), at), shape=size),
            lower=np.concatenate(self.lower),
            upper=np.concatenate(self.upper),
        )


def _add_limit(draft: _Draft, limit: Limit) -> None:
    slacks = draft.slacks(limit.penalty)
    column = np.concatenate([limit.pair, list(slacks)]).astype(np.int64)
    entry = np.concatenate([limit.weight, list(slacks.values())])
    row = np.zeros(len(column), np.int64)
    draft.add_rows(row, column, entry, np.array([limit.lower]), limit.upper)


def _add_share(draft: _Draft, problem: Problem, share: Share) -> None:
    """Add a column for what all reps get, and each rep's bounds as parts of it."""
    total = draft.add_column(most=float(share.weight.sum()))
    weight = share.weight[problem.lead]
    pairs = np.arange(problem.n_pairs)
    row = np.zeros(problem.n_pairs + 1, np.int64)
    column, entry = np.append(pairs, total), np.append(weight, -1.0)
    draft.add_rows(row, column, entry, np.zeros(1), 0.0)
    for rep in np.flatnonzero(share.fair > 0):
        own = pairs[problem.rep == rep]
        slacks = draft.slacks(share.penalty)
        for multiple, lower, upper in (
            (share.least[rep], 0.0, inf),
            (share.most[rep], -inf, 0.0),
        ):
            if multiple > 0 and isfinite(multiple):
                part = {total: -float(multiple), **slacks}
                draft.add_rows(
                    np.zeros(len(own) + len(part), np.int64),
                    np.concatenate([own, list(part)]).astype(np.int64),
                    np.concatenate([weight[own], list(part.values())]),
                    np.array([lower]),
                    upper,
                )


def _add_group(draft: _Draft, problem: Problem, group: Group) -> None:
    """Add a 0-1 column for each possible owner of the group, which its pairs need."""
    pairs = np.concatenate(
        [np.arange(*problem.indptr[lead : lead + 2]) for lead in group.lead]
    ).astype(np.int64)
    owners = {
        int(rep): draft.add_column(most=1.0, integer=True)
        for rep in np.unique(problem.rep[pairs])
    }
    owner = np.array([owners[int(rep)] for rep in problem.rep[pairs]], np.int64)
    row = np.arange(len(pairs))
    draft.add_rows(
        np.concatenate([row, row]),
        np.concatenate([pairs, owner]),
        np.repeat([1.0, -1.0], len(pairs)),
        np.full(len(pairs), -inf),
        0.0,
    )
    more = {} if group.is_hard else {draft.add_column(-group.penalty): -1.0}
    draft.add_row({**dict.fromkeys(owners.values(), 1.0), **more}, upper=1.0)
