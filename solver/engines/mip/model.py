"""A problem with its program, and what the columns beside the pairs stand for."""

from dataclasses import dataclass
from functools import cached_property
from typing import Self

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_array, csc_array, csr_array

from solver.engines.mip.program import Program, program
from solver.problem.problem import Problem

FORGIVEN = 1e-9
"""Relative excess that is a rounding error."""


@dataclass(frozen=True, eq=False)
class Model:
    """A program in which a choice of pairs decides all other columns.

    Attributes
    ----------
    problem, program
        The problem, and the mixed-integer program of it.
    columns
        The program's rows, sorted by column.
    """

    problem: Problem
    program: Program
    columns: csc_array

    @classmethod
    def of(cls, problem: Problem) -> Self:
        """Return the model of a problem."""
        whole = program(problem)
        return cls(problem, whole, whole.rows.tocsc())

    @property
    def rows(self) -> csr_array:
        """The program's rows."""
        return self.program.rows

    @cached_property
    def is_pair(self) -> NDArray[np.bool_]:
        """Whether each column is a pair, shape (n_columns,)."""
        return np.arange(self.rows.shape[1]) < self.problem.n_pairs

    @cached_property
    def _others(self) -> coo_array:
        """The entries of the columns beside the pairs, in the shape of the rows."""
        others = coo_array(self.columns[:, self.problem.n_pairs :])
        place = others.row, others.col + self.problem.n_pairs
        return coo_array((others.data, place), shape=self.columns.shape)

    def _others_where(self, kept: NDArray[np.bool_]) -> coo_array:
        others = self._others
        place = others.row[kept], others.col[kept]
        return coo_array((others.data[kept], place), shape=others.shape)

    @cached_property
    def owners(self) -> coo_array:
        """Entries of columns that are 1 as soon as a pair of their rows is."""
        others, program = self._others, self.program
        return self._others_where(program.is_integer[others.col] & (others.data < 0))

    @cached_property
    def owner_of_row(self) -> NDArray[np.int64]:
        """The column that is 1 as soon as a pair of the row is, or -1, (n_rows,)."""
        owner = np.full(self.rows.shape[0], -1)
        owner[self.owners.row] = self.owners.col
        return owner

    @cached_property
    def choice_of_owner(self) -> NDArray[np.int64]:
        """The row that counts the owners of a group, or -1, shape (n_columns,)."""
        others, choice = self._others, np.full(self.rows.shape[1], -1)
        counted = self.program.is_integer[others.col] & (others.data > 0)
        choice[others.col[counted]] = others.row[counted]
        return choice

    @cached_property
    def links(self) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
        """Pairs that need an owner, that column, and the row by which they do."""
        linked = np.flatnonzero(self.owner_of_row >= 0)
        first = self.rows.indptr[linked]
        ends = self.rows.indices[first], self.rows.indices[first + 1]
        pair = np.minimum(*ends).astype(np.int64)
        return pair, self.owner_of_row[linked], linked

    @property
    def n_told_rows(self) -> int:
        """Rows of leads, slots and limits, which come first."""
        problem = self.problem
        return problem.n_leads + problem.n_reps + len(problem.limits)

    @cached_property
    def highest_price(self) -> NDArray[np.float64]:
        """The largest size of a dual price, where breaking the row costs that much."""
        most = np.full(self.rows.shape[0], np.inf)
        np.minimum.at(most, self.slacks.row, -self.program.gain[self.slacks.col])
        return most

    @cached_property
    def totals(self) -> coo_array:
        """Entries of columns that are the sum of their row."""
        others, program = self._others, self.program
        sums = (program.lower == 0) & (program.upper == 0)
        free = ~program.is_integer[others.col] & (program.gain[others.col] == 0)
        return self._others_where(sums[others.row] & free & (others.data == -1))

    @cached_property
    def slacks(self) -> coo_array:
        """Entries of columns for shortfall or excess of their row, at a cost."""
        others = self._others
        slack = ~self.program.is_integer[others.col]
        return self._others_where(slack & ~np.isin(others.col, self.totals.col))

    @cached_property
    def rep_of_row(self) -> NDArray[np.int64]:
        """The rep all of whose pairs a row counts, or -1, shape (n_rows,)."""
        row, pair = coo_array(self.columns[:, : self.problem.n_pairs]).coords
        first = np.full(self.rows.shape[0], self.problem.n_reps)
        last = np.full(self.rows.shape[0], -1)
        np.minimum.at(first, row, self.problem.rep[pair])
        np.maximum.at(last, row, self.problem.rep[pair])
        return np.where(first == last, last, -1)

    @cached_property
    def gains_are_whole(self) -> bool:
        """Whether every allocation's value is a whole number."""
        program = self.program
        whole = np.all(program.gain == np.rint(program.gain))
        return bool(whole and len(self.slacks.col) == 0)


@dataclass(frozen=True, eq=False)
class Point:
    """A choice of pairs, completed to a point of the program.

    Attributes
    ----------
    pair
        Shape (n_leads,); the chosen pair of each lead, or -1.
    value
        Shape (n_columns,).
    activity
        Shape (n_rows,).
    excess
        Shape (n_rows,); how far each row is outside its bounds.
    objective
        Its objective, where nothing exceeds.
    """

    pair: NDArray[np.int64]
    value: NDArray[np.float64]
    activity: NDArray[np.float64]
    excess: NDArray[np.float64]
    objective: float

    @property
    def rank(self) -> tuple[float, float]:
        """Larger for a better point: feasibility first, then objective."""
        return -float(self.excess.sum()), self.objective

    @property
    def obeys(self) -> bool:
        """Whether every hard rule holds."""
        return not np.any(self.excess)


def point_of(model: Model, pair: NDArray[np.int64]) -> Point:
    """Return the point of a choice of pairs, with its owners, totals and slacks."""
    program, rows = model.program, model.rows
    value = np.zeros(rows.shape[1])
    value[pair[pair >= 0]] = 1.0
    activity = rows @ value
    owners, totals, slacks = model.owners, model.totals, model.slacks
    np.maximum.at(value, owners.col, activity[owners.row])
    value[totals.col] = activity[totals.row]
    activity = rows @ value
    short = program.lower[slacks.row] - activity[slacks.row]
    long = activity[slacks.row] - program.upper[slacks.row]
    np.maximum.at(value, slacks.col, np.where(slacks.data > 0, short, long))
    activity = rows @ value
    beyond = np.maximum(
        np.maximum(program.lower - activity, activity - program.upper), 0.0
    )
    forgiven = FORGIVEN * np.maximum(1.0, np.abs(activity))
    return Point(
        pair=pair,
        value=value,
        activity=activity,
        excess=np.where(beyond > forgiven, beyond, 0.0),
        objective=float(program.gain @ value) + program.constant,
    )
