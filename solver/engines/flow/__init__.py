"""The flow engine: filters and nested limits as a network, solved exactly."""

from solver.engines.flow.engine import solve_flow
from solver.engines.flow.prices import dual_bound
from solver.engines.flow.scaling import ScalingError
from solver.engines.flow.tree import tree_of

__all__ = ["ScalingError", "dual_bound", "solve_flow", "tree_of"]
