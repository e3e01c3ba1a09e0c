"""The mixed-integer engine: any rules, searched and proven side by side."""

from solver.engines.mip.engine import solve_mip

__all__ = ["solve_mip"]
