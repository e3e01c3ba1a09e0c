"""One program solved by HiGHS, relaxed or not; imports nothing of the project."""

import os
from time import time
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, linprog, milp
from scipy.sparse import csr_array, vstack

SOLVED, OUT_OF_TIME, INFEASIBLE = 0, 1, 2
"""Status codes of SciPy; others mean that HiGHS failed."""

GAIN_SIZE = 2.0**12
"""Size that gains are brought to, since HiGHS' tolerances are absolute."""
LARGE = 64.0
"""Gains from which tolerances do little without that."""
GAP_SLACK, COLUMN_SLACK = 1e-5, 1e-8
"""By how much, at that size, its bound may be off: once, and for each column."""
ROW_SIZE = 2.0**10
"""Size that rows of fractions are brought to, for the same reason."""
MANY = 20_000
"""Columns from which an interior point finds the relaxation sooner than simplex."""
NICE = 4
"""By how much a process gives way that lets others go first."""
_UNLIMITED, _NO = np.array(np.inf), np.array(False)


class Task(NamedTuple):
    """Maximise ``gain @ z``, ``lower <= rows @ z <= upper``, ``0 <= z <= most``.

    The rows are those of a `csr_array` with `entry`, `column` and `first`.
    """

    gain: NDArray[np.float64]
    most: NDArray[np.float64]
    is_integer: NDArray[np.bool_]
    entry: NDArray[np.float64]
    column: NDArray[np.integer[Any]]
    first: NDArray[np.integer[Any]]
    lower: NDArray[np.float64]
    upper: NDArray[np.float64]

    @property
    def rows(self) -> csr_array:
        """The matrix, shape (n_rows, n_columns)."""
        size = len(self.lower), len(self.gain)
        return csr_array((self.entry, self.column, self.first), shape=size)


class Outcome(NamedTuple):
    """What HiGHS returns: status, point or none, and a bound or the dual prices."""

    status: int
    point: NDArray[np.float64]
    bound: float
    price: NDArray[np.float64]


def relaxed(task: Task, time_limit: float) -> Outcome:
    """Return an optimal point of the linear relaxation, and its dual prices.

    A price is not negative where a row's upper bound binds, not positive where its
    lower bound does.
    """
    rows, size = task.rows, _gain_size(task)
    equal = task.lower == task.upper
    least = rows.minimum(0) @ np.where(np.isfinite(task.most), task.most, 1e300)
    above = np.flatnonzero(np.isfinite(task.upper) & ~equal)
    below = np.flatnonzero((task.lower > least) & ~equal)
    same = np.flatnonzero(equal)
    outcome = linprog(
        -task.gain * size,
        A_ub=vstack([rows[above], -rows[below]]),
        b_ub=np.concatenate([task.upper[above], -task.lower[below]]),
        A_eq=rows[same],
        b_eq=task.upper[same],
        bounds=np.column_stack([np.zeros(len(task.most)), task.most]),
        method="highs-ipm" if len(task.gain) > MANY else "highs-ds",
        options=_options(time_limit),
    )
    price = np.zeros(len(task.lower))
    if outcome.status != SOLVED:
        return Outcome(outcome.status, np.zeros(0), np.nan, price)
    by_above, by_below = np.split(outcome.ineqlin.marginals, [len(above)])
    price[above] -= by_above
    price[below] += by_below
    price[same] = -outcome.eqlin.marginals
    return Outcome(SOLVED, outcome.x, -outcome.fun / size, price / size)


def branched(
    task: Task,
    time_limit: float,
    *,
    presolve: bool = True,
    nodes: float = np.inf,
    plainly: bool = False,
) -> Outcome:
    """Return the best integer point that branch and bound finds, and its bound.

    Parameters
    ----------
    presolve
        Whether to simplify first. Mapping points back from there can make HiGHS
        print to stdout, which a worker process drops and this one does not.
    nodes
        Nodes of the search tree, at most.
    plainly
        Whether large gains, and rows, stay as they are.
    """
    is_large = np.abs(task.gain).max(initial=0.0) >= LARGE
    sized, size = (task, 1.0) if plainly and is_large else at_size(task)
    outcome = milp(
        -sized.gain,
        integrality=sized.is_integer.astype(int),
        bounds=Bounds(0, sized.most),
        constraints=LinearConstraint(sized.rows, sized.lower, sized.upper),
        options={
            "mip_rel_gap": 0,
            "presolve": presolve,
            **_options(time_limit),
            **({"node_limit": int(nodes)} if np.isfinite(nodes) else {}),
        },
    )
    point = np.zeros(0) if outcome.x is None else outcome.x
    bound = np.nan
    if outcome.mip_dual_bound is not None:
        bound = (slack_of(sized) - outcome.mip_dual_bound) / size
    return Outcome(outcome.status, point, bound, np.zeros(0))


def at_size(task: Task) -> tuple[Task, float]:
    """Return the program at the size that tolerances suit, and its gains' factor."""
    size, factor = _gain_size(task), _row_sizes(task)
    sized = task._replace(
        gain=task.gain * size,
        entry=task.entry * np.repeat(factor, np.diff(task.first)),
        lower=task.lower * factor,
        upper=task.upper * factor,
    )
    return sized, size


def slack_of(sized: Task) -> float:
    """Return by how much tolerances may make the bound of a program too small."""
    return GAP_SLACK + COLUMN_SLACK * len(sized.gain)


def _gain_size(task: Task) -> float:
    largest = np.abs(task.gain).max(initial=0.0)
    return GAIN_SIZE / 2.0 ** np.floor(np.log2(largest)) if largest > 1e-290 else 1.0


def _row_sizes(task: Task) -> NDArray[np.float64]:
    """Return the scale of each row: of those with fractions over integer columns."""
    row = np.repeat(np.arange(len(task.lower)), np.diff(task.first))
    fraction = np.bincount(row, task.entry != np.rint(task.entry), len(task.lower))
    other = np.bincount(row, ~task.is_integer[task.column], len(task.lower))
    return np.where((fraction > 0) & (other == 0), ROW_SIZE, 1.0)


def _options(time_limit: float) -> dict[str, float]:
    return {} if time_limit == np.inf else {"time_limit": max(time_limit, 0.01)}


def solve(
    kind: NDArray[np.str_],
    deadline: NDArray[np.float64],
    nodes: NDArray[np.float64] = _UNLIMITED,
    yields: NDArray[np.bool_] = _NO,
    **arrays: NDArray[Any],
) -> dict[str, NDArray[Any]]:
    """Return the outcome of a program as arrays; for a worker process.

    Parameters
    ----------
    kind
        "relaxed", "branched", or "plain": branched, as its gains are.
    deadline
        When the answer is due, as :func:`time.time` counts.
    nodes
        Nodes of the search tree, at most.
    yields
        Whether other processes go first where cores are few.
    """
    if yields and hasattr(os, "nice"):
        os.nice(NICE)
    task, seconds = Task(**arrays), float(deadline) - time()
    if str(kind) == "relaxed":
        outcome = relaxed(task, seconds)
    else:
        plainly = str(kind) == "plain"
        outcome = branched(task, seconds, nodes=float(nodes), plainly=plainly)
    return {name: np.asarray(part) for name, part in outcome._asdict().items()}
