"""The linear relaxation of a program, by column generation where it is large."""

from dataclasses import replace
from math import inf
from time import monotonic

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from solver.engines.mip import highs
from solver.engines.mip.blocks import Blocks
from solver.engines.mip.duality import LinearRelaxation, proven_by
from solver.engines.mip.highs import INFEASIBLE, SOLVED, Outcome, Task, relaxed
from solver.engines.mip.lagrangian import lagrangian_prices, ordinary_gain
from solver.engines.mip.model import Model
from solver.engines.mip.process import ProgramProcess
from solver.engines.mip.scale import at_one_scale, huge_leads, prohibitive
from solver.engines.processes.silence import silenced
from solver.problem.problem import Problem

SHORT = 20_000
"""Columns whose relaxation takes a fraction of a second."""
MANY = 20_000
"""Columns from which generating them takes less time than solving with all."""
PRICING = 0.5
"""Share of the time that prices may take before."""
FIRST, PROMISING = 5, 1
"""Pairs of each lead at the start, and those that a round of pricing adds at most."""
JITTER = 0.02
"""Scale of the noise by which the first pairs are drawn, in ordinary gains."""
WHOLE = 1e-6
"""Part of a lead that is a rounding error."""


class InfeasibleError(Exception):
    """Even the linear relaxation is infeasible."""


def relaxation(model: Model, end: float, *, by_clock: bool = True) -> LinearRelaxation:
    """Return the linear relaxation, or what was proven of it where time runs out.

    Parameters
    ----------
    end
        When to stop, by the monotonic clock.
    by_clock
        Whether the first prices end in time to generate columns, or by work alone.

    Raises
    ------
    InfeasibleError
        Where it is infeasible.
    """
    everything = np.ones(model.rows.shape[1], dtype=bool)
    if len(everything) > MANY:
        return _by_columns(model, end, PRICING if by_clock else inf)
    outcome = _solved(task_of(model, everything), end)
    if outcome.status == INFEASIBLE:
        raise InfeasibleError
    if outcome.status != SOLVED:
        return proven_by(model, np.zeros(model.rows.shape[0]))
    known = proven_by(model, outcome.price, outcome.point)
    return _at_one_scale(model, known, everything, end)


def _by_columns(model: Model, end: float, pricing: float) -> LinearRelaxation:
    """Return it by column generation: pairs of positive reduced gain join in rounds.

    Lagrangian prices, in a share `pricing` of the time, tell the first pairs. Prices of
    owners are those that prove most, of all pairs, at the other prices.
    """
    blocks = Blocks.of(model)
    soon = monotonic() + pricing * max(end - monotonic(), 0.001)
    tightest = proven_by(model, lagrangian_prices(model, blocks, soon))
    active = _with_owners(model, _promising(model, tightest))
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
        known, told = (
            proven_by(model, blocks.with_owners_priced(model, price), point)
            for price in (outcome.price, _told(model, outcome.price))
        )
        tightest = replace(min(tightest, known, told, key=_bound), point=point)
        missing = _missing(model.problem, known, active)
        if len(missing) == 0:
            return _at_one_scale(model, tightest, active, end)
        active[missing] = True
        active = _with_owners(model, active)


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


def _told(model: Model, price: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the prices without those of shares and owners, which no result tells."""
    return np.where(np.arange(len(price)) < model.n_told_rows, price, 0.0)


def _promising(model: Model, known: LinearRelaxation) -> NDArray[np.bool_]:
    """Return which columns to begin with: those of small loss, drawn with some noise.

    Without noise all leads would have the same few reps, who are equally good at any
    prices but have no room for them all.
    """
    problem, n_columns = model.problem, model.rows.shape[1]
    noise = np.random.default_rng(0).gumbel(size=n_columns)
    drawn_for = np.arange(problem.n_pairs)
    pair, owner, _ = model.links
    drawn_for[pair] = owner
    value = JITTER * ordinary_gain(model) * noise[drawn_for] - known.lost
    active = ~model.is_pair
    active[best_of_each(problem, value, FIRST)] = True
    return active


def _with_owners(model: Model, active: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Return the columns with those owners that an active pair needs, and no others."""
    active = active.copy()
    pair, owner, _ = model.links
    active[owner] = False
    active[owner[active[pair]]] = True
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
