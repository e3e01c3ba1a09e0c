"""Part of a program solved again by CP-SAT while the rest stands still."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from ortools.sat.python import cp_model
from scipy.sparse import coo_array, csr_array

from solver.engines.mip.model import Model, Point

FINE = 2.0**26
"""Size that rows of fractions, and gains, are brought to as integers."""
FINER = 2.0**18
"""Rows that compare with a total are as many times finer: their parts are small."""
DECIMALS = (1.0, 10.0, 100.0, 1000.0)
"""Sizes at which rows of decimal numbers are whole."""
EXACT = 1e-6
"""Rounding error of rows that are whole at such a size."""
FARTHEST = 2**60
LEFT_OUT = 4.0
"""What breaking a row by its largest entry costs, in largest gains."""
BLUR = 1e-4
"""Random part of gains, in largest gains, that lets equal allocations change."""


@dataclass(frozen=True, eq=False)
class Part:
    """Some columns that may change, in whole units, and the rows that they touch.

    Attributes
    ----------
    free
        Shape (k,); columns, pairs first.
    now
        Shape (k,); their values.
    most
        Shape (k,); their largest values.
    gain
        Shape (k,).
    rows
        Shape (l, k).
    lower, upper
        Shape (l,).
    broken
        Shape (l,); how far a row is below (negative) or above its bounds.
    """

    free: NDArray[np.int64]
    now: NDArray[np.int64]
    most: NDArray[np.int64]
    gain: NDArray[np.int64]
    rows: csr_array
    lower: NDArray[np.int64]
    upper: NDArray[np.int64]
    broken: NDArray[np.int64]


def part_of(
    model: Model, point: Point, pairs: NDArray[np.int64], rng: np.random.Generator
) -> Part:
    """Return what is to decide when of all pairs only these may change."""
    free = _with_their_own(model, pairs)
    columns = model.columns[:, free]
    touched = np.unique(columns.indices)
    rows = csr_array(csr_array(columns)[touched])
    made = model.program
    size = _row_sizes(model, rows, free, made.lower[touched], made.upper[touched])
    unit = _units(model, rows, free, size)
    here = point.activity[touched]
    rest = here - rows @ point.value[free]
    lower, upper = made.lower[touched] - rest, made.upper[touched] - rest
    slip = np.where(size <= DECIMALS[-1], EXACT, len(pairs) / 2)
    entries = coo_array(rows)
    row, column = entries.coords
    whole = np.rint(entries.data * size[row] * unit[column]).astype(np.int64)
    broken = np.maximum(here - made.upper[touched], 0.0) - np.maximum(
        made.lower[touched] - here, 0.0
    )
    broken = np.where(point.excess[touched] > 0, broken, 0.0)
    return Part(
        free=free,
        now=np.rint(point.value[free] / unit).astype(np.int64),
        most=_most(made.most[free] / unit),
        gain=_gains(made.gain[free] * unit, len(pairs), rng),
        rows=csr_array((whole, (row, column)), shape=rows.shape),
        lower=_bounds(np.ceil(lower * size - slip)),
        upper=_bounds(np.floor(upper * size + slip)),
        broken=np.sign(broken).astype(np.int64)
        * np.ceil(np.abs(broken) * size + slip - 2 * EXACT).astype(np.int64),
    )


def _with_their_own(model: Model, pairs: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return the pairs, and the columns beside them that follow from them."""
    free = pairs
    for _ in range(2):
        rows = np.unique(model.columns[:, free].indices)
        beside = np.unique(model.rows[rows].indices)
        free = np.concatenate([pairs, beside[beside >= model.problem.n_pairs]])
    return free


def _row_sizes(
    model: Model,
    rows: csr_array,
    free: NDArray[np.int64],
    lower: NDArray[np.float64],
    upper: NDArray[np.float64],
) -> NDArray[np.float64]:
    """Return what each row is multiplied by, so that its entries are whole."""
    entries = coo_array(rows)
    row, column = entries.coords
    counted = model.program.is_integer[free[column]]
    largest = np.full(rows.shape[0], 1e-300)
    np.maximum.at(largest, row[counted], np.abs(entries.data[counted]))
    size = np.maximum(2.0 ** np.floor(np.log2(FINE / largest)), 2 * DECIMALS[-1])
    for decimal in reversed(DECIMALS):
        broken = np.bincount(row, ~_is_whole(entries.data * decimal), rows.shape[0]) > 0
        for bound in (lower, upper):
            broken |= np.isfinite(bound) & ~_is_whole(bound * decimal)
        size = np.where(broken, size, decimal)
    is_total = np.isin(free[column], model.totals.column)
    compares = np.bincount(row, is_total & (entries.data != -1), rows.shape[0]) > 0
    return np.where(compares, np.maximum(size, FINE) * FINER, size)


def _is_whole(number: NDArray[np.float64]) -> NDArray[np.bool_]:
    return np.abs(number - np.rint(number)) < 1e-9


def _units(
    model: Model, rows: csr_array, free: NDArray[np.int64], size: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Return how much one whole unit of each column is."""
    entries = coo_array(rows)
    row, column = entries.coords
    adding = (np.abs(entries.data) == 1) & ~model.program.is_integer[free[column]]
    finest = np.full(len(free), np.inf)
    np.minimum.at(finest, column[adding], size[row[adding]])
    return np.where(np.isfinite(finest), 1 / finest, 1.0)


def _gains(
    gain: NDArray[np.float64], n_pairs: int, rng: np.random.Generator
) -> NDArray[np.int64]:
    largest = np.abs(gain[:n_pairs]).max(initial=1e-300)
    blur = BLUR * rng.random(n_pairs) * rng.integers(2)
    size = FINE / largest
    whole = gain * size
    whole[:n_pairs] += blur * FINE
    return np.rint(np.clip(whole, -(2.0**50), 2.0**50)).astype(np.int64)


def _most(most: NDArray[np.float64]) -> NDArray[np.int64]:
    return np.minimum(most, 2.0**40).astype(np.int64)


def _bounds(bound: NDArray[np.float64]) -> NDArray[np.int64]:
    return np.clip(bound, -FARTHEST, FARTHEST).astype(np.int64)


class Resolve:
    """A solve of a part that another thread may stop."""

    def __init__(self) -> None:
        self._solver = cp_model.CpSolver()
        self._stopped = False

    def stop(self) -> None:
        """End the solve with what it has."""
        self._stopped = True
        self._solver.stop_search()

    def values(
        self, part: Part, seconds: float, seed: int
    ) -> tuple[NDArray[np.int64] | None, bool]:
        """Return the columns' values, or None, and whether they are proven best."""
        chosen = self._solver.parameters
        chosen.num_workers = 1
        chosen.max_time_in_seconds = seconds
        chosen.random_seed = seed
        chosen.cp_model_probing_level = 0
        chosen.symmetry_level = 0
        chosen.catch_sigint_signal = False
        model, variables = _model_of(part)
        if self._stopped:
            return None, False
        status = self._solver.solve(model)
        if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            return None, False
        values = [self._solver.value(variable) for variable in variables]
        return np.array(values, dtype=np.int64), status == cp_model.OPTIMAL


def _model_of(part: Part) -> tuple[cp_model.CpModel, list[Any]]:
    model = cp_model.CpModel()
    variables = [
        model.new_bool_var("") if most == 1 else model.new_int_var(0, most, "")
        for most in part.most.tolist()
    ]
    for variable, now in zip(variables, part.now.tolist(), strict=True):
        model.add_hint(variable, now)
    gained, gain = list(variables), part.gain.tolist()
    for row in _that_can_bind(part):
        inside = slice(*part.rows.indptr[row : row + 2])
        those = [variables[column] for column in part.rows.indices[inside]]
        entries = part.rows.data[inside].tolist()
        if part.broken[row]:
            those.append(slack := _slack(model, part, row))
            entries.append(-int(np.sign(part.broken[row])))
            gained.append(slack)
            gain.append(-_cost(part, row))
        lower, upper = int(part.lower[row]), int(part.upper[row])
        _add_row(model, those, entries, lower, upper)
    model.maximize(cp_model.LinearExpr.weighted_sum(gained, gain))
    return model, variables


def _add_row(
    model: cp_model.CpModel,
    those: list[Any],
    entries: list[int],
    lower: int,
    upper: int,
) -> None:
    if upper == 1 and lower in (0, 1) and set(entries) == {1}:
        (model.add_exactly_one if lower else model.add_at_most_one)(those)
    else:
        total = cp_model.LinearExpr.weighted_sum(those, entries)
        model.add_linear_constraint(total, lower, upper)


def _that_can_bind(part: Part) -> list[int]:
    """Return the rows that some values of their columns would break."""
    column, most = part.rows.indices, part.most.astype(float)
    reach = part.rows.data * most[column]
    row = np.repeat(np.arange(len(part.lower)), np.diff(part.rows.indptr))
    highest = np.bincount(row, np.maximum(reach, 0), len(part.lower))
    lowest = np.bincount(row, np.minimum(reach, 0), len(part.lower))
    return np.flatnonzero((highest > part.upper) | (lowest < part.lower)).tolist()


def _slack(model: cp_model.CpModel, part: Part, row: int) -> cp_model.IntVar:
    most = abs(int(part.broken[row]))
    slack = model.new_int_var(0, most, "") if most > 1 else model.new_bool_var("")
    model.add_hint(slack, most)
    return slack


def _cost(part: Part, row: int) -> int:
    inside = slice(*part.rows.indptr[row : row + 2])
    largest = int(np.abs(part.rows.data[inside]).max(initial=1))
    return max(1, int(LEFT_OUT * FINE / largest))
