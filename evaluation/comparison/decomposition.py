"""Where a difference in value comes from: who gets which lead, or who gets how many."""

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
class Split:
    """The two parts of what an allocation is worth beyond another one.

    Attributes
    ----------
    matching
        What the right rep for the right lead adds: what each allocation is worth
        beyond its own :func:`shuffled` one, the other's taken from the one's.
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


def split_value(
    solution: Solution, baseline: Solution, worth: NDArray[np.float64]
) -> Split:
    """Return what `solution` is worth beyond `baseline`, in two parts that add up.

    Two allocations of the same leads with the same load per rep differ in matching
    alone; one that only sends more leads to some reps differs in utilisation alone.

    Parameters
    ----------
    solution, baseline
        Allocations of problems with the same leads, reps and eligible pairs.
    worth
        What each pair is worth, shape (n_pairs,): a probability that is true, or one
        that a model believes. The parts are evidence only if the worth is.
    """
    utilisation = (shuffled(solution) - shuffled(baseline)) @ worth
    total = worth @ solution.chosen - worth @ baseline.chosen
    return Split(float(total - utilisation), float(utilisation))


def shuffled(solution: Solution) -> NDArray[np.float64]:
    """Return how likely each pair is once the allocation is shuffled, shape (n_pairs,).

    Of all random allocations over eligible pairs that serve the same leads and give
    every rep the same load, this is the one with the largest entropy: it knows nothing
    of who suits whom. Where everyone may serve every lead, each rep gets every served
    lead with the same probability.

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
    _, circle = connected_components(moves, connection="strong")
    return pair[circle[owner] == circle[rep]]


def _scaled(
    problem: Problem, pair: NDArray[np.int64], load: NDArray[np.int64]
) -> NDArray[np.float64]:
    """Return how likely each of the pairs is; all leads sum to 1, all reps to load.

    Every rep pulls at all leads with one strength, found by Newton's method.
    """
    rep = problem.rep[pair]
    start = np.flatnonzero(np.diff(problem.lead[pair], prepend=-1))
    ends = np.append(start, len(pair))
    goal = load.astype(np.float64)
    pull = goal.copy()
    for _ in range(_ROUNDS):
        weight = pull[rep]
        chance = weight / np.repeat(np.add.reduceat(weight, start), np.diff(ends))
        lacking = goal - np.bincount(rep, chance, problem.n_reps)
        if np.abs(lacking).max() <= _CLOSE:
            break
        given = csr_array((chance, rep, ends), shape=(len(start), problem.n_reps))
        pull *= np.exp(np.clip(_step(given, lacking), -1.0, 1.0))
    return chance


def _step(given: csr_array, lacking: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return by how much the logarithm of each rep's pull should rise, (n_reps,)."""
    slope = np.diag(given.sum(axis=0)) - (given.T @ given).toarray()
    slope += _CLOSE * np.eye(len(lacking))
    step: NDArray[np.float64] = np.linalg.solve(slope, lacking)
    return step
