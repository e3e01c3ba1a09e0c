"""Policies: ways to allocate, each `(problem, rng) -> Solution`.

All work on the same problem and the same capacities, and obey every hard rule, by
:func:`solver.policies.repair.obedient`. The order of leads and reps never matters.
"""

from collections.abc import Mapping

from solver.policies.balance import load_balancing, shortfall
from solver.policies.claims import cherry_pick
from solver.policies.optimum import optimal
from solver.policies.ranking import best_rep, greedy, random
from solver.policies.repair import Policy
from solver.policies.rotation import odoo, round_robin, weighted_round_robin

POLICIES: Mapping[str, Policy] = {
    "optimal": optimal,
    "round_robin": round_robin,
    "weighted_round_robin": weighted_round_robin,
    "random": random,
    "greedy": greedy,
    "best_rep": best_rep,
    "load_balancing": load_balancing,
    "shortfall": shortfall,
    "odoo": odoo,
    "cherry_pick": cherry_pick,
}

BLIND = frozenset(
    ["round_robin", "weighted_round_robin", "random", "load_balancing", "shortfall"]
)
"""Policies that look at no value: who gets a lead hangs on turns and room alone."""

__all__ = [
    "BLIND",
    "POLICIES",
    "Policy",
    "best_rep",
    "cherry_pick",
    "greedy",
    "load_balancing",
    "odoo",
    "optimal",
    "random",
    "round_robin",
    "shortfall",
    "weighted_round_robin",
]
