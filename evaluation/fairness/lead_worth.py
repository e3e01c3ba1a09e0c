"""What a lead is worth whoever gets it, and which leads are the best."""

import numpy as np
from numpy.typing import NDArray

from evaluation.labels import EXPECTED
from solver import Day, Solution

NEUTRAL = f"rep-neutral {EXPECTED}"
"""What the model expects of leads with the average of the reps who may serve them."""
TOP = 0.9
"""Leads worth at least this quantile are the top decile."""


def neutral_worth(day: Day) -> NDArray[np.float64]:
    """Return each lead's mean worth over the reps who may serve it, shape (n_leads,).

    In the objective's unit, before penalties. A weak rep is so not made up to with
    more leads, nor a strong one charged for being strong. 0 where nobody may serve
    the lead.
    """
    problem = day.problem
    worth = day.pair_value(problem.lead, problem.rep)
    total = np.bincount(problem.lead, worth, problem.n_leads)
    return total / np.maximum(np.diff(problem.indptr), 1)


def is_top(solution: Solution, worth: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Tell which leads are of the top decile of those given out, shape (n_leads,).

    Leads worth as much as the last of them are among them.

    Parameters
    ----------
    worth
        Shape (n_leads,).
    """
    if not solution.n_assigned:
        return np.zeros(len(worth), dtype=bool)
    least = np.quantile(worth[solution.assigned], TOP, method="higher")
    return solution.assigned & (worth >= least)
