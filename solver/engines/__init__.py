"""Engines: each solves the problems whose rules it can express, and proves it."""

from solver.engines.choice import Progress, solve
from solver.engines.flow.prices import dual_bound
from solver.engines.flow.scaling import ScalingError

__all__ = ["Progress", "ScalingError", "dual_bound", "solve"]
