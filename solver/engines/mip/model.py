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
class Entries:
    """Some entries of the matrix: row, column and value, shape (k,) each."""

    row: NDArray[np.int64]
    column: NDArray[np.int64]
    entry: NDArray[np.float64]


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
    def _others(self) -> Entries:
        """The entries of the columns beside the pairs."""
        others = coo_array(self.columns[:, self.problem.n_pairs :])
        row, column = others.coords
        return Entries(
            row.astype(np.int64),
            column.astype(np.int64) + self.problem.n_pairs,
            others.data,
        )

    def _others_where(self, kept: NDArray[np.bool_]) -> Entries:
        others = self._others
        return Entries(others.row[kept], others.column[kept], others.entry[kept])

    @cached_property
    def owners(self) -> Entries:
        """Entries of columns that are 1 as soon as a pair of their rows is."""
        others, program = self._others, self.program
        return self._others_where(
            program.is_integer[others.column] & (others.entry < 0)
        )

    @cached_property
    def totals(self) -> Entries:
        """Entries of columns that are the sum of their row."""
        others, program = self._others, self.program
        sums = (program.lower == 0) & (program.upper == 0)
        free = ~program.is_integer[others.column] & (program.gain[others.column] == 0)
        return self._others_where(sums[others.row] & free & (others.entry == -1))

    @cached_property
    def slacks(self) -> Entries:
        """Entries of columns for shortfall or excess of their row, at a cost."""
        others = self._others
        slack = ~self.program.is_integer[others.column]
        return self._others_where(slack & ~np.isin(others.column, self.totals.column))

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
        return bool(whole and len(self.slacks.column) == 0)


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
    np.maximum.at(value, owners.column, activity[owners.row])
    value[totals.column] = activity[totals.row]
    activity = rows @ value
    short = program.lower[slacks.row] - activity[slacks.row]
    long = activity[slacks.row] - program.upper[slacks.row]
    np.maximum.at(value, slacks.column, np.where(slacks.entry > 0, short, long))
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
