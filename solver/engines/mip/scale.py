"""A program at one scale, so that no gain sinks below a solver's tolerances."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from solver.engines.mip.highs import Task
from solver.engines.mip.model import Model
from solver.problem.problem import Problem

ORDINARY = 1e5
"""Gains are ordinary up to so many times the median one."""
LEAST_RANGE = 1e4
"""Costs up to so many times the largest ordinary gain are left as they are."""


class Scaled(NamedTuple):
    """A program with gains of like size.

    Attributes
    ----------
    lacking
        What its objective lacks.
    is_cut
        Shape (n_columns,); whose costs are less than they were.
    """

    task: Task
    lacking: float
    is_cut: NDArray[np.bool_]


def at_one_scale(
    model: Model, task: Task, active: NDArray[np.bool_], sure: NDArray[np.bool_]
) -> Scaled:
    """Return the program of some columns with gains of like size, and what it lacks.

    Leads that are sure to be assigned are judged by what they lose against their best
    pair, and must be assigned. Costs larger than all ordinary gains together
    are cut: they decide alone, however large they are. No point has less gain for it,
    so that what bounds the result bounds the program, the amount that is lacking added.

    Parameters
    ----------
    task
        The program of the columns.
    active
        Shape (n_columns,); which columns those are.
    sure
        Shape (n_leads,); leads that are assigned in every point of interest.
    """
    problem = model.problem
    pairs = np.flatnonzero(active[: problem.n_pairs])
    lead = problem.lead[pairs]
    best = np.full(problem.n_leads, -np.inf)
    np.maximum.at(best, lead, task.gain[: len(pairs)])
    shift = np.where((sure | problem.must) & np.isfinite(best), best, 0.0)
    gain, lower = task.gain.copy(), task.lower.copy()
    gain[: len(pairs)] -= shift[lead]
    lower[: problem.n_leads][sure & np.isfinite(best)] = 1.0
    most = prohibitive(problem, gain[: len(pairs)])
    cut = task._replace(gain=np.maximum(gain, -most), lower=lower)
    return Scaled(cut, float(shift.sum()), gain < -most)


def prohibitive(problem: Problem, gain: NDArray[np.float64]) -> float:
    """Return a cost that outweighs all ordinary gains of pairs, `gain` (n,), together.

    Infinite where there are none.
    """
    size = np.abs(gain[gain != 0])
    if len(size) == 0:
        return np.inf
    ordinary = size[size <= ORDINARY * np.median(size)]
    return float(max(4 * (problem.n_leads + 1), LEAST_RANGE) * ordinary.max())


def huge_leads(model: Model) -> NDArray[np.bool_]:
    """Tell the leads whose gain no other ones outweigh, shape (n_leads,)."""
    problem = model.problem
    gain = model.program.gain[: problem.n_pairs]
    best = np.zeros(problem.n_leads)
    np.maximum.at(best, problem.lead, gain)
    return best > prohibitive(problem, _ordinary_gains(problem, gain, best))


def _ordinary_gains(
    problem: Problem, gain: NDArray[np.float64], best: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Return the values of pairs, and what each loses against its lead's best."""
    return np.concatenate([problem.value, gain - best[problem.lead]])
