"""A difference in value in two parts: matching and utilisation."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components

from solver import Problem, Solution

_ROUNDS = 100
_CLOSE = 1e-9
"""Largest error of a rep's load, in leads."""


@dataclass(frozen=True)
class Decomposition:
    """The two parts of an allocation's value beyond that of another one.

    Attributes
    ----------
    matching
        What the right rep for the right lead adds: the value of the allocation beyond
        that of its :func:`shuffled` version, less the same of the other allocation.
    utilisation
        What serving other leads and other loads adds: more leads to better reps, and
        better leads where not all can be served.
    """

    matching: float
    utilisation: float

    @property
    def total(self) -> float:
        """The whole difference in value."""
        return self.matching + self.utilisation


def decompose(
    solution: Solution, baseline: Solution, value: NDArray[np.float64]
) -> Decomposition:
    """Return the value of `solution` beyond `baseline`, in two parts that add up.

    Two allocations of the same leads with the same load per rep differ in matching
    alone; one that only sends more leads to some reps differs in utilisation alone.

    Parameters
    ----------
    solution, baseline
        Allocations of problems with the same leads, reps and eligible pairs.
    value
        Of each pair, shape (n_pairs,): a true probability, or one that a model
        predicts. The parts are evidence only if the values are.
    """
    utilisation = (shuffled(solution) - shuffled(baseline)) @ value
    total = value @ solution.chosen - value @ baseline.chosen
    return Decomposition(float(total - utilisation), float(utilisation))


def shuffled(solution: Solution) -> NDArray[np.float64]:
    """Return the probability of each pair in the shuffled allocation, (n_pairs,).

    Of all random allocations over eligible pairs that serve the same leads with the
    same load per rep, this is the one with the largest entropy: it uses nothing of
    the interaction of lead and rep. Where everyone may serve every lead, each rep has
    every served lead with the same probability.

    References
    ----------
    Sinkhorn and Knopp (1967), Concerning nonnegative matrices and doubly stochastic
    matrices, doi:10.2140/pjm.1967.21.343: such a matrix is found by scaling rows and
    columns in turn.
    """
    probability = np.zeros(solution.problem.n_pairs)
    pair = _exchangeable(solution)
    if len(pair):
        probability[pair] = _scaled(solution.problem, pair, solution.load)
    return probability


def _exchangeable(solution: Solution) -> NDArray[np.int64]:
    """Return the pairs of some allocation of the same leads and loads, increasing.

    A lead can move to another rep only where a chain of such moves leads back; the
    others would keep the scaling from converging.
    """
    problem = solution.problem
    pair = np.flatnonzero(solution.assigned[problem.lead])
    owner, rep = solution.rep_of[problem.lead[pair]], problem.rep[pair]
    moves = csr_array(
        (np.ones(len(pair), dtype=np.int8), (owner, rep)),
        shape=(problem.n_reps, problem.n_reps),
    )
    _, component = connected_components(moves, connection="strong")
    return pair[component[owner] == component[rep]]


def _scaled(
    problem: Problem, pair: NDArray[np.int64], load: NDArray[np.int64]
) -> NDArray[np.float64]:
    """Return the probability of each of the pairs; a lead's sum to 1, a rep's to load.

    That of a pair is in proportion to a factor of its rep, found by Newton's method.
    SciPy's root finders take several times as long on problems of this size.
    """
    rep = problem.rep[pair]
    start = np.flatnonzero(np.diff(problem.lead[pair], prepend=-1))
    ends = np.append(start, len(pair))
    goal = load.astype(np.float64)
    factor = goal.copy()
    for _ in range(_ROUNDS):
        weight = factor[rep]
        total = np.repeat(np.add.reduceat(weight, start), np.diff(ends))
        probability = weight / total
        shortfall = goal - np.bincount(rep, probability, problem.n_reps)
        if np.abs(shortfall).max() <= _CLOSE:
            break
        shape = (len(start), problem.n_reps)
        table = csr_array((probability, rep, ends), shape=shape)
        factor *= np.exp(np.clip(_step(table, shortfall), -1.0, 1.0))
    return probability


def _step(table: csr_array, shortfall: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return by how much the logarithm of each rep's factor should rise, (n_reps,)."""
    slope = np.diag(table.sum(axis=0)) - (table.T @ table).toarray()
    slope += _CLOSE * np.eye(len(shortfall))
    step: NDArray[np.float64] = np.linalg.solve(slope, shortfall)
    return step
