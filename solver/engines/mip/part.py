"""A subproblem: some pairs may change, the rest of an allocation is fixed."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from solver.engines.mip.model import Model, Point


@dataclass(frozen=True, eq=False)
class FreePart:
    """The columns that may change, and the rows that they touch less all others.

    Attributes
    ----------
    n_pairs
        How many of the columns are pairs; they come first.
    now, gain, most
        Shape (n_columns,); present values, gains and largest values.
    is_integer, is_total
        Shape (n_columns,); whether a column is an integer, or the sum of its row.
    rows
        Shape (n_rows, n_columns).
    is_sum
        Shape (n_rows,); whether a row defines a total.
    lower, upper
        Shape (n_rows,).
    """

    n_pairs: int
    now: NDArray[np.float64]
    gain: NDArray[np.float64]
    most: NDArray[np.float64]
    is_integer: NDArray[np.bool_]
    is_total: NDArray[np.bool_]
    rows: csr_array
    is_sum: NDArray[np.bool_]
    lower: NDArray[np.float64]
    upper: NDArray[np.float64]


def part_of(model: Model, point: Point, pairs: NDArray[np.int64]) -> FreePart:
    """Return the subproblem in which only these pairs may change."""
    program = model.program
    free = _with_dependent_columns(model, pairs)
    columns = csr_array(model.columns[:, free])
    touched = np.flatnonzero(np.diff(columns.indptr))
    rows, activity = columns[touched], point.activity[touched]
    lower, upper = program.lower[touched], program.upper[touched]
    rest = activity - rows @ point.value[free]
    return FreePart(
        n_pairs=len(pairs),
        now=point.value[free],
        gain=program.gain[free],
        most=program.most[free],
        is_integer=program.is_integer[free],
        is_total=np.isin(free, model.totals.col),
        rows=rows,
        is_sum=np.isin(touched, model.totals.row),
        lower=lower - rest,
        upper=upper - rest,
    )


def _with_dependent_columns(
    model: Model, pairs: NDArray[np.int64]
) -> NDArray[np.int64]:
    """Return the pairs, and the other columns that they decide."""
    free = pairs
    for _ in range(2):
        rows = np.unique(model.columns[:, free].indices)
        beside = np.unique(model.rows[rows].indices)
        free = np.concatenate([pairs, beside[beside >= model.problem.n_pairs]])
    return free
