"""A price is what one more of its bound brings, alone or with those it names."""

from dataclasses import replace

import numpy as np
import pytest

from solver import Status, solve
from solver.engines.flow import tree_of
from solver.engines.flow.joint_prices import bounds_around
from solver.problem.constraints import Limit
from tests.solver.instances import problem_of
from tests.solver.nested_limits import random_nested

BLOCKS = [pytest.param(n, marks=[] if n < 2 else [pytest.mark.slow]) for n in range(8)]


def solved(problem):
    return solve(problem, seed=0, time_limit=60)


def one_more(problem, price, nodes):
    """Return the problem in which each of these bounds is one more."""
    capacity, limits = problem.capacity.copy(), list(problem.limits)
    for node in nodes:
        place = node - problem.n_reps
        if place < 0:
            capacity[node] += 1
        elif price[node] < 0:
            lower = limits[place].lower + 1
            upper = max(limits[place].upper, lower)
            limits[place] = replace(limits[place], lower=lower, upper=upper)
        else:
            limits[place] = replace(limits[place], upper=limits[place].upper + 1)
    return problem.replace(capacity=capacity, limits=tuple(limits))


@pytest.mark.parametrize("block", BLOCKS)
def test_solving_again_gains_the_prices(block):
    """On random days: of the bound alone, or of all that are named, together."""
    alone, together = 0, 0
    for seed in range(60 * block, 60 * block + 60):
        problem = random_nested(seed)
        if tree_of(problem) is None:
            continue
        result = solved(problem)
        if result.status == Status.INFEASIBLE:
            continue
        price = np.concatenate([result.price, result.limit_price])
        for node, around in enumerate(bounds_around(result)):
            nodes = [node, *around]
            again = solved(one_more(problem, price, nodes))
            if again.status == Status.INFEASIBLE:
                assert price[nodes].min() < 0
                continue
            gain = again.objective - result.objective
            assert gain == pytest.approx(price[nodes].sum(), abs=1e-9), (
                seed,
                node,
                around,
            )
            alone, together = alone + (not around), together + bool(around)
            if around and price[node] > 0:
                own = solved(one_more(problem, price, [node])).objective
                assert own - result.objective <= price[node] + 1e-9
    assert min(alone, together) > 0


def test_a_slot_and_a_limit_of_one_rep():
    """One more slot brings nothing, one more of the limit neither, both bring .4."""
    problem = problem_of([[0.9], [0.4]], [1])
    limit = Limit("most", "rep_limit", "R0", np.arange(2), np.ones(2), upper=1.0)
    result = solved(problem.replace(limits=(limit,)))
    assert result.price.sum() + result.limit_price.sum() == pytest.approx(0.4)
    assert bounds_around(result) == [(), (0,)]
