"""The linear relaxation of a program: dual prices, and the bound that they prove."""

from dataclasses import dataclass
from time import monotonic

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from solver.engines.mip.highs import INFEASIBLE, SOLVED, Outcome, Task, relaxed
from solver.engines.mip.model import Model
from solver.engines.mip.process import ProgramProcess
from solver.problem.problem import Problem

SHORT = 20_000
"""Columns whose relaxation takes a fraction of a second."""
MANY = 200_000
"""Columns from which only promising ones are given to the solver at first."""
PROMISING = 8
"""Pairs of each lead that are promising, and that a round of pricing adds."""


class InfeasibleError(Exception):
    """No allocation obeys the rules, not even one of parts of leads."""


@dataclass(frozen=True, eq=False)
class LinearRelaxation:
    """Prices of a program's rows, and the bound that they prove.

    Attributes
    ----------
    price
        Shape (n_rows,); what raising the bound that holds the row back brings.
    bound
        No allocation has a larger objective, by weak duality; in its unit.
    lost
        Shape (n_pairs,); no allocation with this pair has an objective above the bound
        less this.
    skipped
        Shape (n_leads,); the same for leaving this lead unassigned.
    point
        Shape (n_columns,); a best point, or all zero where none was found in time.
    """

    price: NDArray[np.float64]
    bound: float
    lost: NDArray[np.float64]
    skipped: NDArray[np.float64]
    point: NDArray[np.float64]


def relaxation(model: Model, end: float) -> LinearRelaxation:
    """Return the prices of a best relaxed point, or of none where time runs out.

    Large programs are priced from each lead's best pairs and some others, so that not
    all are of the same reps; pairs that the prices show to be missing join, round by
    round.

    Parameters
    ----------
    end
        When to stop, by the monotonic clock.

    Raises
    ------
    InfeasibleError
        Where there is no point at all.
    """
    active = _promising(model)
    known = proven_by(model, np.zeros(model.rows.shape[0]))
    while True:
        outcome = _solved(task_of(model, active), end)
        if outcome.status == INFEASIBLE and active.all():
            raise InfeasibleError
        if outcome.status == INFEASIBLE:
            active[:] = True
            continue
        if outcome.status != SOLVED:
            return known
        point = np.zeros(len(active))
        point[active] = outcome.point
        known = proven_by(model, outcome.price, point)
        missing = _missing(model.problem, known, active)
        if len(missing) == 0:
            return known
        active[missing] = True


def task_of(model: Model, active: NDArray[np.bool_]) -> Task:
    """Return the program restricted to some columns, `active` (n_columns,)."""
    program = model.program
    rows = csr_array(model.columns[:, np.flatnonzero(active)])
    return Task(
        program.gain[active],
        program.most[active],
        program.is_integer[active],
        rows.data,
        rows.indices,
        rows.indptr,
        program.lower,
        program.upper,
    )


def proven_by(
    model: Model,
    price: NDArray[np.float64],
    point: NDArray[np.float64] | None = None,
) -> LinearRelaxation:
    """Return what any prices prove, whoever found them.

    Parameters
    ----------
    price
        Shape (n_rows,); those of the leads' rows are not looked at.
    """
    problem, program = model.problem, model.program
    price = _corrected(model, price)
    net = program.gain - program.rows.T @ price
    of_pair = net[: problem.n_pairs]
    best = np.where(problem.must, -np.inf, 0.0)
    np.maximum.at(best, problem.lead, of_pair)
    with np.errstate(invalid="ignore"):
        held = np.where(price > 0, price * program.upper, price * program.lower)
    other = np.maximum(net[problem.n_pairs :], 0.0)
    spare = other[other > 0] @ program.most[problem.n_pairs :][other > 0]
    bound = program.constant + held[price != 0].sum() + best.sum() + spare
    return LinearRelaxation(
        price=price,
        bound=float(bound),
        lost=best[problem.lead] - of_pair,
        skipped=np.where(problem.must, np.inf, best),
        point=np.zeros(len(program.gain)) if point is None else point,
    )


def _corrected(model: Model, price: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return prices of the right sign, so that no unbounded column gains by them."""
    program = model.program
    price = np.where(np.isfinite(program.upper), price, np.minimum(price, 0.0))
    price = np.where(np.isfinite(program.lower), price, np.maximum(price, 0.0))
    price[: model.problem.n_leads] = 0.0
    most = np.full(len(price), np.inf)
    np.minimum.at(most, model.slacks.row, -program.gain[model.slacks.column])
    price = np.clip(price, -most, most)
    total = model.totals
    price[total.row] = 0.0
    price[total.row] = (program.rows.T @ price)[total.column]
    return price


def _promising(model: Model) -> NDArray[np.bool_]:
    problem, gain = model.problem, model.program.gain
    active = np.ones(len(gain), dtype=bool)
    if len(active) > MANY:
        uniform = np.random.default_rng(0).random(problem.n_pairs)
        active[: problem.n_pairs] = False
        active[best_of_each(problem, gain[: problem.n_pairs], PROMISING // 4)] = True
        active[best_of_each(problem, uniform, PROMISING)] = True
    return active


def _missing(
    problem: Problem, known: LinearRelaxation, active: NDArray[np.bool_]
) -> NDArray[np.int64]:
    """Return the best pairs whose value at these prices exceeds those at hand."""
    if active.all():
        return np.zeros(0, dtype=np.int64)
    here = active[: problem.n_pairs]
    worst = np.full(problem.n_leads, np.inf)
    np.minimum.at(worst, problem.lead[here], known.lost[here])
    worst = np.minimum(worst, known.skipped)
    gain = np.where(here, -np.inf, worst[problem.lead] - known.lost)
    best = best_of_each(problem, gain, PROMISING)
    return best[gain[best] > 1e-9 * max(1.0, abs(known.bound) / problem.n_leads)]


def best_of_each(
    problem: Problem, value: NDArray[np.float64], count: int
) -> NDArray[np.int64]:
    """Return the pairs that are among the best of their lead.

    Parameters
    ----------
    value
        Shape (n_pairs,).
    """
    order = np.lexsort((-value, problem.lead))
    place = np.arange(problem.n_pairs) - problem.indptr[problem.lead[order]]
    return np.sort(order[place < count])


def _solved(task: Task, end: float) -> Outcome:
    left = max(end - monotonic(), 0.01)
    if len(task.gain) <= SHORT:
        return relaxed(task, left)
    with ProgramProcess("relaxed", task, left) as process:
        outcome = process.outcome(end)
    return outcome or Outcome(1, np.zeros(0), np.nan, np.zeros(0))
