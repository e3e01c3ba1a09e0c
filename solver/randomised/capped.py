"""The best marginals in which no pair is likelier than a cap."""

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from solver.engines.flow.min_cost_flow import least_cost_flow
from solver.engines.flow.network import network, tie_levels
from solver.engines.flow.scaling import grids
from solver.engines.flow.tree import Tree
from solver.problem.problem import Problem
from solver.randomised.marginals import Marginals


def capped_optimum(
    problem: Problem,
    tree: Tree,
    most: NDArray[np.int64],
    whole: int,
    *,
    seed: int,
    time_limit: float,
) -> Marginals | None:
    """Return marginals of the largest expected objective, or None where none fit.

    A flow in which every lead sends `whole` units: a linear program whose solution
    is in whole parts, so that the probabilities logged are exactly those drawn from.

    Parameters
    ----------
    tree
        The problem's slots and limits.
    most
        Shape (n_pairs,); the cap of each pair, in parts of `whole`.
    seed
        Breaks ties.
    time_limit
        Seconds.

    Raises
    ------
    OutOfTimeError
        When the time limit passes.

    References
    ----------
    Jecmen et al. (2020), Mitigating Manipulation in Peer Review via Randomized
    Reviewer Assignments, NeurIPS.
    """
    _, grid = grids(problem, tree.root + 1, tie_levels(problem.n_leads))
    net = network(problem, tree, grid, seed)
    capacity = net.capacity * whole
    capacity[: problem.n_pairs] = most[net.pair]
    many = replace(net, capacity=capacity, supply=net.supply * whole)
    flow = least_cost_flow(many, time_limit)
    if flow is None:
        return None
    part = np.zeros(problem.n_pairs, dtype=np.int64)
    part[net.pair] = flow[: problem.n_pairs]
    return Marginals(problem, part, whole)
