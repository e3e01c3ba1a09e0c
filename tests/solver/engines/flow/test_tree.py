"""Nested limits stay a network flow: exact, proven and priced to the integer."""

from itertools import product

import numpy as np
import pytest

from solver.engines import solve
from solver.engines.flow.network import tie_levels
from solver.engines.flow.prices import tree_prices
from solver.engines.flow.scaling import Grid, grids
from solver.engines.flow.tree import Tree, tree_of
from solver.problem.constraints import Group, Limit, Share
from solver.problem.problem import Problem
from solver.problem.result import Status
from solver.problem.solution import Solution
from tests.solver.instances import problem_of
from tests.solver.nested_limits import random_nested

BLOCKS = [pytest.param(n, marks=[] if n < 2 else [pytest.mark.slow]) for n in range(12)]


def two_leads(*limits, **changes):
    """Two leads and two reps of one slot each: pairs 0 and 1 of L0, 2 and 3 of L1."""
    value = [[0.5, 0.25], [0.75, 0.125]]
    return problem_of(value, [1, 1], limits=tuple(limits), **changes)


def limit(pair, lower=0.0, upper=np.inf, penalty=np.inf, weight=None):
    weight = np.ones(len(pair)) if weight is None else np.array(weight)
    pair = np.array(pair, dtype=np.int64)
    return Limit("some", "limit", str(pair), pair, weight, lower, upper, penalty)


def test_slots_alone_are_leaves_of_the_root():
    """Reps are nodes 0 and 1, the root is 2; a pair without a slot ends there."""
    tree = tree_of(two_leads(uses_slot=np.array([True, True, False, True])))
    assert tree.root == 2
    assert tree.parent.tolist() == [2, 2]
    assert tree.leaf.tolist() == [0, 1, 2, 1]
    assert tree.upper.tolist() == [1, 1]


def test_limits_inside_and_around_the_slots():
    """One limit on all pairs, one on a single pair of R0."""
    tree = tree_of(two_leads(limit([0, 1, 2, 3], upper=1), limit([2], upper=0)))
    assert tree.parent.tolist() == [2, 2, 4, 0]
    assert tree.leaf.tolist() == [0, 1, 3, 1]
    assert tree.flow(np.array([1, 2])).tolist() == [1, 1, 2, 1]
    assert tree.inside_out.index(3) < tree.inside_out.index(0)
    assert tree.inside_out[-1] == 2


def test_equal_sets_lie_inside_each_other():
    """Two limits on the pairs of a rep are a chain with its slots."""
    tree = tree_of(two_leads(limit([0, 2]), limit([0, 2])))
    parents = set(tree.parent[[0, 2, 3]].tolist())
    assert len(parents) == 3
    assert tree.root in parents


@pytest.mark.parametrize(
    "changes",
    [
        {"limits": (limit([0, 1]),)},
        {"limits": (limit([0, 1, 2, 3]), limit([0, 2, 3]))},
        {"limits": (limit([0], upper=0.5),)},
        {"limits": (limit([0], weight=[2.0]),)},
        {"shares": (Share("fair", np.ones(2), np.ones(2) / 2, 0.5, 2.0),)},
        {"groups": (Group("one", "A", np.array([0, 1])),)},
    ],
    ids=["across reps", "overlap", "half a lead", "weights", "shares", "groups"],
)
def test_what_is_no_tree(changes):
    """Sets that overlap in part, other weights than one, shares and groups."""
    assert tree_of(two_leads().replace(**changes)) is None


def test_prices_by_hand():
    """A second slot of R0 has the value .25 that L0 loses with R1.

    Where all together may have one lead, L1 (.75), a second one brings L0's .25.
    """
    assert prices(two_leads()) == ([0.25, 0.0], [])
    assert prices(two_leads(limit([0, 1, 2, 3], upper=1)))[1] == [0.25]


def test_a_requirement_has_a_negative_price():
    """L0 fills R1's requirement; one more would move L1 there, from .75 to .125.

    A soft one costs what missing it by one more costs.
    """
    roomy = two_leads(limit([1, 3], lower=1)).replace(capacity=np.array([2, 2]))
    assert prices(roomy) == ([0.0, 0.0], [-0.625])
    cheap = limit([1, 3], lower=1, penalty=0.125)
    assert prices(roomy.replace(limits=(cheap,))) == ([0.0, 0.0], [-0.125])


def prices(problem):
    result = solve(problem, seed=0, time_limit=60)
    return result.price.tolist(), result.limit_price.tolist()


@pytest.mark.slow
@pytest.mark.parametrize("block", BLOCKS)
def test_equals_brute_force(block):
    """Value, feasibility and bound are those of trying everything."""
    solved = 0
    for seed in range(100 * block, 100 * block + 100):
        problem = random_nested(seed)
        if tree_of(problem) is None:
            continue
        solved += 1
        result, best = solve(problem, seed=seed, time_limit=60), optimum(problem)
        assert (result.status == Status.INFEASIBLE) == (best is None), seed
        if best is not None:
            assert result.status == Status.OPTIMAL, seed
            assert result.objective == best == pytest.approx(result.bound), seed
            assert not any(result.solution.breaches()), seed
    assert solved > 50


@pytest.mark.parametrize("block", BLOCKS)
def test_dual_equals_primal_to_the_integer(block):
    """Prices on the grid prove the allocation to the last step."""
    for seed in range(100 * block, 100 * block + 100):
        problem = random_nested(seed)
        tree = tree_of(problem)
        result = tree and solve(problem, seed=seed, time_limit=60)
        if not result or not result.status.has_solution:
            continue
        whole, _ = grids(problem, tree.root + 1, tie_levels(problem.n_leads))
        price = tree_prices(problem, tree, whole, result.solution.pair)
        assert price.dtype == np.int64
        primal = on_grid(problem, whole, result.solution)
        assert dual(problem, tree, whole, price) == primal, seed


@pytest.mark.parametrize("block", BLOCKS)
def test_prices_have_the_sign_of_the_bound_that_binds(block):
    """Slots and upper bounds have a price, lower bounds cost something."""
    for seed in range(100 * block, 100 * block + 100):
        problem = random_nested(seed)
        if tree_of(problem) is None:
            continue
        result = solve(problem, seed=seed, time_limit=60)
        assert np.all(result.price >= 0), seed
        assert not np.any(result.price[result.solution.slots_used < problem.capacity])
        for each, price in zip(problem.limits, result.limit_price, strict=True):
            amount = each.amount(result.solution.chosen)
            assert abs(price) <= each.penalty, seed
            assert price <= 0 or amount >= each.upper, seed
            assert price >= 0 or amount <= each.lower, seed


def optimum(problem: Problem) -> float | None:
    """Return the best objective of all allocations, or None where none is feasible."""
    options = [[*range(*problem.indptr[i : i + 2]), -1] for i in range(problem.n_leads)]
    solutions = (Solution(problem, np.array(pair)) for pair in product(*options))
    feasible = (each.objective for each in solutions if not any(each.breaches()))
    return max(feasible, default=None)


def on_grid(problem: Problem, whole: Grid, solution: Solution) -> int:
    """Return the objective in steps of the grid."""
    outside = [limit.outside(solution.chosen) for limit in problem.limits]
    penalties = np.array(outside, dtype=np.int64) @ whole.penalty
    skipped = whole.skip_cost[~solution.assigned].sum()
    return int(whole.value[solution.chosen].sum() - skipped - penalties)


def dual(problem: Problem, tree: Tree, whole: Grid, price: np.ndarray) -> int:
    """Return what prices prove in steps: bounds at their price, leads at their best."""
    bound = np.where(price > 0, tree.upper, tree.lower)
    total = int(price @ bound)
    around = np.append(price, 0)
    for node in reversed(tree.inside_out):
        around[node] += around[tree.parent[node]]
    for lead in range(problem.n_leads):
        pairs = range(*problem.indptr[lead : lead + 2])
        nets = [int(whole.value[p] - around[tree.leaf[p]]) for p in pairs]
        stay = [] if problem.must[lead] else [-int(whole.skip_cost[lead])]
        total += max([*nets, *stay])
    return total
