"""The linear relaxation of a program: dual prices, and the bound that they prove."""

from dataclasses import dataclass
from time import monotonic

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from solver.engines.mip import highs
from solver.engines.mip.highs import INFEASIBLE, SOLVED, Outcome, Task, relaxed
from solver.engines.mip.model import Model
from solver.engines.mip.process import ProgramProcess
from solver.engines.mip.scale import at_one_scale, huge_leads, prohibitive
from solver.engines.processes.silence import silenced
from solver.problem.problem import Problem

SHORT = 20_000
"""Columns whose relaxation takes a fraction of a second."""
MANY = 200_000
"""Columns from which the solver starts with promising ones only."""
PROMISING = 8
"""Random pairs of each lead at the start, and pairs that a round of pricing adds."""


WHOLE = 1e-6
"""Part of a lead that is a rounding error."""
EPSILON = np.finfo(float).eps


class InfeasibleError(Exception):
    """Even the linear relaxation is infeasible."""


@dataclass(frozen=True, eq=False)
class LinearRelaxation:
    """Dual prices of a program's rows, and the bound that they prove.

    Attributes
    ----------
    price
        Shape (n_rows,); gain of the objective per unit of the binding bound.
    bound
        No allocation has a larger objective, by weak duality; in its unit.
    lost
        Shape (n_pairs,); no allocation with this pair has an objective above the bound
        less this.
    skipped
        Shape (n_leads,); the same for leaving this lead unassigned.
    point
        Shape (n_columns,); an optimal point, or all zero where time ran out.
    """

    price: NDArray[np.float64]
    bound: float
    lost: NDArray[np.float64]
    skipped: NDArray[np.float64]
    point: NDArray[np.float64]


def relaxation(model: Model, end: float) -> LinearRelaxation:
    """Return the linear relaxation, or what was proven of it where time runs out.

    Large programs are solved by column generation: from each lead's best pairs and some
    random ones; pairs of positive reduced gain join, round by round.

    Parameters
    ----------
    end
        When to stop, by the monotonic clock.

    Raises
    ------
    InfeasibleError
        Where it is infeasible.
    """
    active = _promising(model)
    tightest = proven_by(model, np.zeros(model.rows.shape[0]))
    while True:
        outcome = _solved(task_of(model, active), end)
        if outcome.status == INFEASIBLE and active.all():
            raise InfeasibleError
        if outcome.status == INFEASIBLE:
            active[:] = True
            continue
        if outcome.status != SOLVED:
            return tightest
        point = np.zeros(len(active))
        point[active] = outcome.point
        known = proven_by(model, outcome.price, point)
        tightest = min(tightest, known, _of_slots_and_limits(model, known), key=_bound)
        missing = _missing(model.problem, known, active)
        if len(missing) == 0:
            return _at_one_scale(model, known, active, end)
        active[missing] = True


def _at_one_scale(
    model: Model, known: LinearRelaxation, active: NDArray[np.bool_], end: float
) -> LinearRelaxation:
    """Return the relaxation with the smaller bound: as it is, or solved at one scale.

    Where a few gains or costs are so large that the others sink below the solver's
    tolerances, what they decide is kept, and prices are found for the rest.
    """
    gain, size = model.program.gain, np.abs(model.program.gain)
    if size.max(initial=0.0) <= prohibitive(model.problem, model.problem.value):
        return known
    part = np.bincount(
        model.problem.lead, known.point[: model.problem.n_pairs], model.problem.n_leads
    )
    sure = huge_leads(model) & (part > 1 - WHOLE)
    scaled = at_one_scale(model, task_of(model, active), active, sure)
    outcome = _solved(scaled.task, end)
    if outcome.status != SOLVED:
        return known
    point = np.zeros(len(gain))
    point[active] = outcome.point
    return min(known, proven_by(model, outcome.price, point), key=_bound)


def _bound(relaxed: LinearRelaxation) -> float:
    return relaxed.bound


def _of_slots_and_limits(model: Model, known: LinearRelaxation) -> LinearRelaxation:
    """Return what the prices of slots and limits prove without those of other rows.

    Before all columns are priced this is often the smaller bound; and these are the
    prices that a result tells.
    """
    price, problem = known.price.copy(), model.problem
    price[problem.n_leads + problem.n_reps + len(problem.limits) :] = 0.0
    return proven_by(model, price, known.point)


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
    """Return the bound and losses that any dual prices prove.

    Parameters
    ----------
    price
        Shape (n_rows,); those of the leads' rows are recomputed.
    """
    problem, program = model.problem, model.program
    price = _corrected(model, price)
    paid = program.rows.T @ price
    off = _rounding(model, price)
    of_pair = problem.value - paid[: problem.n_pairs] + off[: problem.n_pairs]
    best = np.where(problem.must, -np.inf, -problem.skip_cost)
    np.maximum.at(best, problem.lead, of_pair)
    with np.errstate(invalid="ignore"):
        held = np.where(price > 0, price * program.upper, price * program.lower)
    other = (program.gain - paid + off)[problem.n_pairs :]
    spare = np.maximum(other, 0.0) * _finite_most(model)
    terms = np.concatenate([held[price != 0], best, spare])
    slack = (
        EPSILON
        * (np.log2(len(terms) + 1) + 4)
        * np.abs(terms[np.isfinite(terms)]).sum()
    )
    return LinearRelaxation(
        price=price,
        bound=float(terms.sum() + slack),
        lost=best[problem.lead] - of_pair,
        skipped=np.where(problem.must, np.inf, best + problem.skip_cost),
        point=np.zeros(len(program.gain)) if point is None else point,
    )


def _finite_most(model: Model) -> NDArray[np.float64]:
    """Return the most that the columns beside the pairs can be, 0 for no limit.

    What a column without a limit adds is negative at corrected prices.
    """
    most = model.program.most[model.problem.n_pairs :]
    return np.where(np.isfinite(most), most, 0.0)


def _rounding(model: Model, price: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return how far the columns' net gains may be too small, shape (n_columns,).

    References
    ----------
    Higham (2002), Accuracy and Stability of Numerical Algorithms, section 3.1.
    """
    program, n_pairs = model.program, model.problem.n_pairs
    size = np.abs(program.rows).T @ np.abs(price)
    size[:n_pairs] += np.abs(model.problem.value)
    size[n_pairs:] += np.abs(program.gain[n_pairs:])
    n_terms = np.diff(model.columns.indptr)
    return np.asarray(EPSILON * (n_terms + 2) * size)


def _corrected(model: Model, price: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return dual feasible prices: right signs, no unbounded column gains."""
    program = model.program
    price = np.where(np.isfinite(program.upper), price, np.minimum(price, 0.0))
    price = np.where(np.isfinite(program.lower), price, np.maximum(price, 0.0))
    price[: model.problem.n_leads] = 0.0
    most = np.full(len(price), np.inf)
    np.minimum.at(most, model.slacks.row, -program.gain[model.slacks.col])
    price = np.clip(price, -most, most)
    total = model.totals
    price[total.row] = 0.0
    price[total.row] = (program.rows.T @ price)[total.col]
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
    """Return each lead's best pairs of positive reduced gain that are not active."""
    if active.all():
        return np.zeros(0, dtype=np.int64)
    is_active = active[: problem.n_pairs]
    worst = np.full(problem.n_leads, np.inf)
    np.minimum.at(worst, problem.lead[is_active], known.lost[is_active])
    worst = np.minimum(worst, known.skipped)
    gain = np.where(is_active, -np.inf, worst[problem.lead] - known.lost)
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
    remaining = max(end - monotonic(), 0.01)
    if len(task.gain) <= SHORT:
        with silenced():
            return relaxed(task, remaining)
    with ProgramProcess(highs.__file__, task, remaining, kind="relaxed") as process:
        outcome = process.outcome(end)
    return outcome or Outcome(1, np.zeros(0), np.nan, np.zeros(0))
