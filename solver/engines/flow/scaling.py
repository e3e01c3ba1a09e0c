"""Values as integers, as fine as 64 bits allow without overflow."""

import math
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from solver.problem.problem import Problem
from solver.problem.solution import TINIEST

FINEST = 2.0**-40
COST_RANGE = 2.0**60
"""Largest product of cost and number of nodes that the flow library accepts."""
PRICE_RANGE = 2.0**60
"""Largest price of a chain of moves."""


class ScalingError(OverflowError):
    """There are too many leads and reps to tell values apart in 64-bit integers."""


@dataclass(frozen=True, eq=False)
class Grid:
    """Values and costs of a problem, in whole steps.

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

    def tempered(self, most: float) -> "Grid":
        """Return the grid with costs above `most`, in steps, scaled down.

        All of them by one factor, the least of them to `most`.
        """
        costs = np.concatenate([self.skip_cost, self.penalty])
        huge = costs[costs > most]
        if len(huge) == 0:
            return self
        factor = most / float(huge.min())
        skip_cost, penalty = (
            np.where(cost > most, np.rint(cost * factor), cost).astype(np.int64)
            for cost in (self.skip_cost, self.penalty)
        )
        return replace(self, skip_cost=skip_cost, penalty=penalty)


def grids(problem: Problem, n_moves: int, levels: int) -> tuple[Grid, Grid]:
    """Return the problem on a grid, and the same with huge costs scaled down.

    A chain of moves passes each node of the tree once, so a cost larger than all
    the values on it decides alone, however large it is. For the flow such costs are
    scaled down, so that values keep their precision.

    Parameters
    ----------
    n_moves
        Most moves in a chain.
    levels
        Integers left free between two values, for breaking ties.

    Raises
    ------
    ScalingError
        Where a step of a ten-thousandth of the largest value would overflow.
    """
    value = decisive(problem)
    soft = [0.0 if limit.is_hard else limit.penalty for limit in problem.limits]
    skip_cost = np.where(problem.must, 0.0, problem.skip_cost)
    costs = np.concatenate([skip_cost, np.array(soft, dtype=float)])
    prohibitive = 4 * (n_moves + 1) * _largest(value)
    ordinary = costs[costs <= prohibitive] if prohibitive > TINIEST else costs
    largest = max(_largest(value), _largest(ordinary))
    if len(ordinary) < len(costs):
        spread = costs.max() / costs[costs > prohibitive].min()
        largest = max(largest, prohibitive * spread)
    step = grid_step(largest, problem.n_leads + n_moves, levels)
    step = max(step, _power_of_two(_largest(costs) * (n_moves + 2) / PRICE_RANGE))
    skips, penalties = np.split(on_grid(costs, step), [problem.n_leads])
    whole = Grid(step, on_grid(value, step), skips, penalties)
    most = prohibitive / step if prohibitive > TINIEST else math.inf
    return whole, whole.tempered(most)


def _largest(part: NDArray[np.float64]) -> float:
    return float(np.abs(part).max(initial=0.0))


def _power_of_two(number: float) -> float:
    """Return the least power of two that is not below a number."""
    return 2.0 ** math.ceil(math.log2(number)) if number > TINIEST else 0.0


def decisive(problem: Problem) -> NDArray[np.float64]:
    """Return the values less what no choice depends on, shape (n_pairs,).

    A lead that must be assigned is judged by what it loses against its best pair.
    Where nothing requires leads of negative value, none is assigned: negative
    values are clipped at the size of the largest value, so that a huge penalty costs
    no other value its precision.
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
    """Return the finest step, a power of two, on which such numbers can be costs.

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
    return max(FINEST * _power_of_two(largest), _power_of_two(largest / room))


def on_grid(value: NDArray[np.float64], step: float) -> NDArray[np.int64]:
    """Return the values in steps, to the nearest integer, same shape."""
    return np.rint(value / step).astype(np.int64)
