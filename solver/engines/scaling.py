"""Values as integers: as fine as 64 bits allow, and never an overflow."""

import math

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


def decisive(problem: Problem) -> NDArray[np.float64]:
    """Return the values less what no choice hangs on, shape (n_pairs,).

    A lead that must be assigned is judged by what it loses against its best pair.
    Any other never takes a pair worth less than nothing: by how much less is cut at
    the size of the largest value, so that a huge penalty blurs no other value.
    """
    value, must = problem.value, problem.must[problem.lead]
    best = np.full(problem.n_leads, -np.inf)
    np.maximum.at(best, problem.lead[must], value[must])
    lost = value - np.where(must, best[problem.lead], 0.0)
    largest = np.abs(lost[must | (lost >= 0)]).max(initial=0.0)
    return np.maximum(lost, -largest if largest > TINIEST else -1.0)


def grid_step(value: NDArray[np.float64], n_nodes: int, levels: int) -> float:
    """Return the finest power of two whose multiples a flow can carry as costs.

    Cost-scaling min-cost flow multiplies every cost by the number of nodes, and
    `levels` integers between two values are left free for breaking ties.

    Parameters
    ----------
    value
        Shape (n_pairs,); in the objective's unit.

    Raises
    ------
    ScalingError
        Where a step of a ten-thousandth of the largest value would overflow.

    References
    ----------
    Goldberg (1997), An Efficient Implementation of a Scaling Minimum-Cost Flow
    Algorithm, J. Algorithms 22(1).
    """
    largest = float(np.abs(value).max(initial=0.0))
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
