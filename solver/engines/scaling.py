"""Values as integers: as fine as 64 bits allow, and never an overflow."""

import math

import numpy as np
from numpy.typing import NDArray

FINEST = 2.0**-40
COST_RANGE = 2.0**60
"""Largest product of cost and number of nodes that the flow library accepts."""


class ScalingError(OverflowError):
    """The values cannot be told apart in 64-bit integers."""


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
    if largest == 0.0:
        return FINEST
    room = COST_RANGE / ((n_nodes + 1) * levels) - 1
    if room < 1e4:
        raise ScalingError(f"{n_nodes} nodes are too many for 64-bit costs")
    finest = FINEST * 2.0 ** math.ceil(math.log2(largest))
    return max(finest, 2.0 ** math.ceil(math.log2(largest / room)))


def on_grid(value: NDArray[np.float64], step: float) -> NDArray[np.int64]:
    """Return the values in steps, to the nearest integer, same shape."""
    return np.rint(value / step).astype(np.int64)
