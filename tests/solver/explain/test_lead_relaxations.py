"""A relaxation of an unassigned lead changes no more bounds and rules than it must."""

from dataclasses import replace
from functools import cache
from itertools import combinations, pairwise, product
from math import inf
from types import SimpleNamespace

import numpy as np
import pytest

from solver import Status, explain_lead, solve
from solver.explain import lead_relaxations
from solver.explain.counterfactuals import Counterfactuals
from solver.problem.constraints import Limit
from solver.problem.deadline import Deadline
from tests.solver.companies import Company
from tests.solver.days import solved
from tests.solver.instances import problem_of
from tests.solver.side_instances import best_of_all


def tight_problem(seed):
    """Return a small day whose reps have few slots, few hours and a limit."""
    rng = np.random.default_rng(seed)
    value = rng.uniform(0.1, 0.9, (4, 2))
    problem = problem_of(value, rng.integers(0, 3, 2))
    limits = []
    for rep in range(2):
        pair = np.flatnonzero(problem.rep == rep)
        hours = rng.uniform(0.5, 2.0, len(pair)).round(1)
        room = round(float(rng.uniform(0.5, 3.0)), 1)
        limits.append(
            Limit("workload", "rep_hours", f"R{rep}", pair, hours, upper=room)
        )
    count = Limit("most", "day", "all", np.arange(8), np.ones(8), upper=2.0)
    return problem.replace(limits=(*limits, count))


def with_more(problem, pair, bounds, more):
    """Return the problem with room for so many more such pairs."""
    capacity, limits = problem.capacity.copy(), list(problem.limits)
    for bound in bounds:
        if bound == "slots":
            capacity[problem.rep[pair]] += more
        else:
            limit = limits[bound]
            weight = limit.weight[limit.pair == pair].sum()
            limits[bound] = replace(limit, upper=limit.upper + more * weight)
    return problem.replace(capacity=capacity, limits=tuple(limits))


def is_placed(problem, lead):
    """Tell, by trying everything, whether the lead has a rep in the best allocation."""
    without = best_by_hand(problem.restricted(problem.lead != lead))
    return best_by_hand(problem) > without + 1e-9


def best_by_hand(problem):
    """Return what all allocations are worth at most, under slots and upper limits."""
    has_pair = all_allocations(tuple(problem.indptr.tolist()))
    taken = has_pair @ (problem.rep[:, None] == np.arange(problem.n_reps))
    is_feasible = (taken <= problem.capacity).all(axis=1)
    for limit in problem.limits:
        is_feasible &= has_pair[:, limit.pair] @ limit.weight <= limit.upper + 1e-9
    return (has_pair @ problem.value)[is_feasible].max()


@cache
def all_allocations(indptr):
    """Return every way to give each lead one of its pairs or none, one row each."""
    options = [[*range(*ends), -1] for ends in pairwise(indptr)]
    chosen = np.array(list(product(*options)))
    return (chosen[:, :, None] == np.arange(indptr[-1])).any(axis=1).astype(int)


def bounds_in(change, problem):
    """Return which bounds a relaxation says to change."""
    named = {"slot": "slots"} if "slot" in change else {}
    for place, limit in enumerate(problem.limits):
        if f"for {limit.key} in rule {limit.rule}" in change:
            named[place] = place
    return set(named.values())


@pytest.mark.slow
@pytest.mark.parametrize("block", range(9))
def test_no_fewer_bounds_would_place_the_lead(block):
    """Any fewer of all bounds around the pair, by however much, leave it unassigned."""
    sizes = []
    for seed in range(8 * block, 8 * block + 8):
        problem = tight_problem(seed)
        result = solve(problem, seed=0, time_limit=60)
        assert result.status == Status.OPTIMAL
        assert best_by_hand(problem) == pytest.approx(best_of_all(problem), abs=1e-9)
        what_if = Counterfactuals(
            SimpleNamespace(problem=problem), result, 0, Deadline.after(inf)
        )
        for lead in np.flatnonzero(~result.solution.assigned):
            for pair in range(*problem.indptr[lead : lead + 2]):
                found = lead_relaxations._least_room(what_if, int(lead), pair)
                around = {"slots", int(problem.rep[pair]), 2}
                fewest = fewest_bounds(problem, lead, pair, around, result.solution)
                named = [len(bounds_in(each.change, problem)) for each in found]
                assert named == [fewest] * (fewest is not None), (seed, lead, pair)
                sizes += named
    assert {1, 2} <= set(sizes)


def fewest_bounds(problem, lead, pair, around, solution):
    """Return how many bounds must have more room for the lead to be placed.

    Room is doubled, as there: in between more of it may let others in instead.
    """
    for size in range(1, len(around) + 1):
        for bounds in combinations(around, size):
            for more in sorted({1, 2, 4, solution.n_unassigned}):
                if more <= solution.n_unassigned and is_placed(
                    with_more(problem, pair, bounds, more), lead
                ):
                    return size
    return None


def test_hours_are_said_to_be_hours():
    """Not slots, nor leads."""
    company = Company([{"effort_hours": 1.5}], [{"hours_per_day": 1.0}])
    day, result = solved(company, {"kind": "capacity"}, {"kind": "workload"})
    found = explain_lead(day, result, "L0", seed=0, time_limit=60)
    changes = [each.change for each in found.relaxations]
    assert changes == ["1.5 more hours for R0 in rule workload"]


def test_a_slot_is_not_asked_for_where_hours_alone_let_the_lead_in():
    """R0 is full by slots and hours; with more hours L1 takes the place of L0."""
    company = Company(
        [{"effort_hours": 1.0}, {"effort_hours": 2.0}],
        [{"hours_per_day": 1.0, "daily_capacity": 1}],
        pair_value={("L0", "R0"): 0.5, ("L1", "R0"): 0.9},
    )
    day, result = solved(company, {"kind": "capacity"}, {"kind": "workload"})
    assert not result.solution.assigned[1]
    found = explain_lead(day, result, "L1", seed=0, time_limit=60)
    (room,) = (each for each in found.relaxations if "more" in each.change)
    assert room.change == "2 more hours for R0 in rule workload"
    assert room.gain == pytest.approx(0.4)
