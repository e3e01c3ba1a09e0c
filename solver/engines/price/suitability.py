"""Which problems the price engine solves, and solves faster than the flow."""

from importlib.util import find_spec

from solver.problem.problem import Problem

NAME = "price"
LARGE = 1_000_000
"""Pairs from which loading the compiled code pays even for a single solve."""


def is_of_slots(problem: Problem) -> bool:
    """Return whether slots are all that pairs share: no limit, share or group."""
    return not (problem.limits or problem.shares or problem.groups)


def suits(problem: Problem) -> bool:
    """Return whether a problem is large, of slots alone, and numba is installed."""
    is_large = is_of_slots(problem) and problem.n_pairs >= LARGE
    return is_large and find_spec("numba") is not None
