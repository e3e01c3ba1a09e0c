"""Values as integers: as fine as 64 bits allow, and never an overflow."""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from solver.problem import Problem

FINEST = 2.0**-40
TINIEST = 2.0**-900
"""Values below this are nothing; their steps would leave float64."""
COST_RANGE = 2.0**60
"""Largest product of cost and number of nodes that the flow library accepts."""


class ScalingError(OverflowError):
    """There are too many leads and reps to tell values apart in 64-bit integers."""


@dataclass(frozen=True, eq=False)
class Grid:
    """What a problem is about, in whole steps.

    Attributes
    ----------
    step
        Size of a step, in the objective's unit; a power of two.
    value
        Shape (n_pairs,).
    skip_cost
        Shape (n_leads,).
    penalty
        Shape (n_limits,); 0 for a hard limit.
    """

    step: float
    value: NDArray[np.int64]
    skip_cost: NDArray[np.int64]
    penalty: NDArray[np.int64]


def grid(problem: Problem, n_nodes: int, levels: int) -> Grid:
    """Return the problem on the finest grid that a flow can carry as costs.

    Parameters
    ----------
    n_nodes
        Nodes of the flow network.
    levels
        Integers left free between two values, for breaking ties.

    Raises
    ------
    ScalingError
        Where a step of a ten-thousandth of the largest value would overflow.
    """
    value = decisive(problem)
    skip_cost = np.where(problem.must, 0.0, problem.skip_cost)
    soft = [0.0 if limit.is_hard else limit.penalty for limit in problem.limits]
    penalty = np.array(soft, dtype=float)
    largest = max(
        float(np.abs(part).max(initial=0.0)) for part in (value, skip_cost, penalty)
    )
    step = grid_step(largest, n_nodes, levels)
    return Grid(
        step, on_grid(value, step), on_grid(skip_cost, step), on_grid(penalty, step)
    )


def decisive(problem: Problem) -> NDArray[np.float64]:
    """Return the values less what no choice hangs on, shape (n_pairs,).

    A lead that must be assigned is judged by what it loses against its best pair.
    Where nothing calls for leads that are worth less than nothing, none is taken: by
    how much less is cut at the size of the largest value, so that a huge penalty
    blurs no other value.
    """
    value, must = problem.value, problem.must[problem.lead]
    best = np.full(problem.n_leads, -np.inf)
    np.maximum.at(best, problem.lead[must], value[must])
    lost = value - np.where(must, best[problem.lead], 0.0)
    if problem.skip_cost.any() or any(limit.lower > 0 for limit in problem.limits):
        return lost
    largest = np.abs(lost[must | (lost >= 0)]).max(initial=0.0)
    return np.maximum(lost, -largest if largest > TINIEST else -1.0)


def grid_step(largest: float, n_nodes: int, levels: int) -> float:
    """Return the finest power of two in which numbers so large can be costs.

    Cost-scaling min-cost flow multiplies every cost by the number of nodes, and
    `levels` integers between two values are left free for breaking ties.

    Raises
    ------
    ScalingError
        Where a step of a ten-thousandth of the largest value would overflow.

    References
    ----------
    Goldberg (1997), An Efficient Implementation of a Scaling Minimum-Cost Flow
    Algorithm, J. Algorithms 22(1).
    """
    if largest < TINIEST:
        return FINEST
    room = COST_RANGE / ((n_nodes + 1) * levels) - 1
    if room < 1e4:
        raise ScalingError(
            f"{n_nodes - 1:,} leads and reps are too many to solve at once in 64-bit "
            "integers; split the day, say by territory"
        )
    finest = FINEST * 2.0 ** math.ceil(math.log2(largest))
    return max(finest, 2.0 ** math.ceil(math.log2(largest / room)))


def on_grid(value: NDArray[np.float64], step: float) -> NDArray[np.int64]:
    """Return the values in steps, to the nearest integer, same shape."""
    return np.rint(value / step).astype(np.int64)
