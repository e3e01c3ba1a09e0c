"""One program solved by SCIP from a known point; imports nothing of the project."""

import os
from datetime import timedelta
from math import isinf
from time import time
from typing import Any

import numpy as np
from numpy.typing import NDArray
from ortools.math_opt import model_pb2
from ortools.math_opt.python import mathopt

SOLVED, OUT_OF_TIME, INFEASIBLE, FAILED = 0, 1, 2, 4
"""Status codes, those of SciPy."""
NICE = 4
"""By how much this process gives way: the first proof comes first on a busy machine."""
ERRORS = (RuntimeError, ValueError, AttributeError)
"""What MathOpt raises where SCIP fails; the last is its own fault (or-tools 4606)."""
STATUS = {
    mathopt.TerminationReason.OPTIMAL: SOLVED,
    mathopt.TerminationReason.FEASIBLE: OUT_OF_TIME,
    mathopt.TerminationReason.NO_SOLUTION_FOUND: OUT_OF_TIME,
    mathopt.TerminationReason.INFEASIBLE: INFEASIBLE,
}


def solve(
    deadline: NDArray[np.float64],
    hint: NDArray[np.float64],
    size: NDArray[np.float64],
    slack: NDArray[np.float64],
    gain: NDArray[np.float64],
    **program: NDArray[Any],
) -> dict[str, NDArray[Any]]:
    """Return the outcome of branch and bound as arrays; for a worker process.

    Parameters
    ----------
    deadline
        When the answer is due, as :func:`time.time` counts.
    hint
        Shape (n_columns,); a good point, which need not be feasible.
    size
        Factor of the gains, which the bound is divided by.
    slack
        By how much tolerances may make the bound too small.
    gain, program
        The fields of a :class:`~solver.engines.mip.highs.Task`.
    """
    if hasattr(os, "nice"):
        os.nice(NICE)
    model = mathopt.Model.from_model_proto(_proto(gain, **program))
    columns = [model.get_variable(column) for column in range(len(gain))]
    values = dict(zip(columns, hint.tolist(), strict=True))
    parameters = mathopt.SolveParameters(
        time_limit=_until(float(deadline)),
        relative_gap_tolerance=0.0,
        absolute_gap_tolerance=0.0,
        threads=1,
    )
    hints = mathopt.ModelSolveParameters(
        solution_hints=[mathopt.SolutionHint(variable_values=values)]
    )
    try:
        result = mathopt.solve(
            model, mathopt.SolverType.GSCIP, params=parameters, model_params=hints
        )
    except ERRORS:
        return _answer(FAILED, [], np.nan)
    status = STATUS.get(result.termination.reason, FAILED)
    has_point = result.has_primal_feasible_solution()
    point = result.variable_values(columns) if has_point else []
    return _answer(status, point, (result.dual_bound() + float(slack)) / float(size))


def _until(deadline: float) -> timedelta | None:
    return None if isinf(deadline) else timedelta(seconds=max(deadline - time(), 0.01))


def _answer(status: int, point: list[float], bound: float) -> dict[str, NDArray[Any]]:
    return {
        "status": np.array(status),
        "point": np.array(point, dtype=float),
        "bound": np.array(bound),
    }


def _proto(
    gain: NDArray[np.float64],
    most: NDArray[np.float64],
    is_integer: NDArray[np.bool_],
    entry: NDArray[np.float64],
    column: NDArray[np.integer[Any]],
    first: NDArray[np.integer[Any]],
    lower: NDArray[np.float64],
    upper: NDArray[np.float64],
) -> model_pb2.ModelProto:
    columns, rows = np.arange(len(gain)), np.arange(len(lower))
    row = np.repeat(rows, np.diff(first))
    order = np.lexsort((column, row))
    return model_pb2.ModelProto(
        variables=model_pb2.VariablesProto(
            ids=columns,
            lower_bounds=np.zeros(len(gain)),
            upper_bounds=most,
            integers=is_integer,
        ),
        objective=model_pb2.ObjectiveProto(
            maximize=True,
            linear_coefficients={"ids": columns, "values": gain},
        ),
        linear_constraints=model_pb2.LinearConstraintsProto(
            ids=rows, lower_bounds=lower, upper_bounds=upper
        ),
        linear_constraint_matrix={
            "row_ids": row[order],
            "column_ids": column[order],
            "coefficients": entry[order],
        },
    )
