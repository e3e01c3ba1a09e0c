"""A subproblem solved by CP-SAT."""

from math import inf
from typing import Any

import numpy as np
from numpy.typing import NDArray
from ortools.sat.python import cp_model

from solver.engines.mip.integers import Integers
from solver.engines.processes.silence import silenced

BREACH_COST = 1000.0
"""What breaking a row by its largest entry costs, in largest gains."""


class Resolve:
    """A solve of a subproblem that another thread may stop."""

    def __init__(self) -> None:
        self._solver = cp_model.CpSolver()
        self._stopped = False

    def stop(self) -> None:
        """End the solve with its best solution so far."""
        self._stopped = True
        self._solver.stop_search()

    def values(
        self,
        part: Integers,
        seed: int,
        *,
        seconds: float = inf,
        work: float = inf,
        hinted: bool = True,
    ) -> tuple[NDArray[np.int64] | None, bool]:
        """Return the columns' values, or None, and whether they are proven best.

        Parameters
        ----------
        seconds, work
            Time limit by the clock, and in CP-SAT's own unit of work, which is the
            same on any machine.
        hinted
            Whether to begin with the present values.
        """
        parameters = self._solver.parameters
        parameters.num_workers = 1
        parameters.max_time_in_seconds = seconds
        parameters.max_deterministic_time = work
        parameters.random_seed = seed
        parameters.cp_model_probing_level = 0
        parameters.symmetry_level = 0
        parameters.linearization_level = 2
        parameters.catch_sigint_signal = False
        model, variables = _model_of(part)
        if self._stopped:
            return None, False
        if not hinted:
            model.clear_hints()
        with silenced():
            status = self._solver.solve(model)
        if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            return None, False
        values = [self._solver.value(variable) for variable in variables]
        return np.array(values, dtype=np.int64), status == cp_model.OPTIMAL


def _model_of(part: Integers) -> tuple[cp_model.CpModel, list[Any]]:
    model = cp_model.CpModel()
    variables = [
        model.new_bool_var("") if most == 1 else model.new_int_var(0, most, "")
        for most in part.most.tolist()
    ]
    for variable, now in zip(variables, part.now.tolist(), strict=True):
        model.add_hint(variable, now)
    terms, gain = list(variables), part.gain.tolist()
    for row in _that_can_bind(part):
        inside = slice(*part.rows.indptr[row : row + 2])
        columns = [variables[column] for column in part.rows.indices[inside]]
        entries = part.rows.data[inside].tolist()
        if part.broken[row]:
            columns.append(slack := _slack(model, part, row))
            entries.append(-int(np.sign(part.broken[row])))
            terms.append(slack)
            gain.append(-_cost(part, row))
        lower, upper = int(part.lower[row]), int(part.upper[row])
        _add_row(model, columns, entries, lower, upper)
    model.maximize(cp_model.LinearExpr.weighted_sum(terms, gain))
    return model, variables


def _add_row(
    model: cp_model.CpModel,
    columns: list[Any],
    entries: list[int],
    lower: int,
    upper: int,
) -> None:
    if upper == 1 and lower in (0, 1) and set(entries) == {1}:
        (model.add_exactly_one if lower else model.add_at_most_one)(columns)
    else:
        total = cp_model.LinearExpr.weighted_sum(columns, entries)
        model.add_linear_constraint(total, lower, upper)


def _that_can_bind(part: Integers) -> list[int]:
    """Return the rows that are not redundant given the bounds of their columns."""
    column, most = part.rows.indices, part.most.astype(float)
    reach = part.rows.data * most[column]
    row = np.repeat(np.arange(len(part.lower)), np.diff(part.rows.indptr))
    highest = np.bincount(row, np.maximum(reach, 0), len(part.lower))
    lowest = np.bincount(row, np.minimum(reach, 0), len(part.lower))
    return np.flatnonzero((highest > part.upper) | (lowest < part.lower)).tolist()


def _slack(model: cp_model.CpModel, part: Integers, row: int) -> cp_model.IntVar:
    most = abs(int(part.broken[row]))
    slack = model.new_int_var(0, most, "") if most > 1 else model.new_bool_var("")
    model.add_hint(slack, most)
    return slack


def _cost(part: Integers, row: int) -> int:
    inside = slice(*part.rows.indptr[row : row + 2])
    largest = int(np.abs(part.rows.data[inside]).max(initial=1))
    return max(1, int(BREACH_COST * part.largest_gain / largest))
