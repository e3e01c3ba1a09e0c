"""Policies: ways to allocate, each `(problem, rng) -> Solution`."""

from collections.abc import Callable, Mapping

import numpy as np

from solver.policies.optimal import optimal
from solver.policies.round_robin import round_robin
from solver.problem import Problem
from solver.solution import Solution

Policy = Callable[[Problem, np.random.Generator], Solution]

POLICIES: Mapping[str, Policy] = {"optimal": optimal, "round_robin": round_robin}

__all__ = ["POLICIES", "Policy", "optimal", "round_robin"]
