"""Optimum and bound of a day of slots, by code that the engines do not share."""

import math

import numpy as np
from ortools.graph.python import min_cost_flow


def cheapest(problem) -> float:
    """Return the optimum of a day with whole values, by OR-Tools' flow."""
    n, m = problem.n_leads, problem.n_reps
    sink = n + m
    flow = min_cost_flow.SimpleMinCostFlow()
    for i in range(n):
        flow.set_node_supply(i, 1)
        skip = int(problem.skip_cost[i])
        flow.add_arc_with_capacity_and_unit_cost(i, sink, 1, skip)
        for pair in range(problem.indptr[i], problem.indptr[i + 1]):
            takes = problem.uses_slot[pair]
            to = n + int(problem.rep[pair]) if takes else sink
            value = int(problem.value[pair])
            flow.add_arc_with_capacity_and_unit_cost(i, to, 1, -value)
    for j in range(m):
        slots = int(problem.capacity[j])
        flow.add_arc_with_capacity_and_unit_cost(n + j, sink, slots, 0)
    flow.set_node_supply(sink, -n)
    assert flow.solve() == flow.OPTIMAL
    return -flow.optimal_cost()


def dual_function(problem, price) -> float:
    """Return the sum of prices times slots and of leads' best options, exactly."""
    terms = [float(p) * int(c) for p, c in zip(price, problem.capacity, strict=True)]
    for i in range(problem.n_leads):
        own = slice(*problem.indptr[i : i + 2])
        paid = np.where(problem.uses_slot[own], price[problem.rep[own]], 0.0)
        alone = [] if problem.must[i] else [-problem.skip_cost[i]]
        terms.append(max([*(problem.value[own] - paid), *alone]))
    return math.fsum(terms)
