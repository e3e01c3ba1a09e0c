"""Whether each engine solves a tiny day, whose optimum is known by hand."""

from collections.abc import Iterator
from time import perf_counter

import numpy as np

from runs.machine.machine_part import MachinePart, State
from solver import Problem, Status, solve
from solver.problem.constraints import Limit

SECONDS = 30.0
"""For a tiny day, of which a sound machine needs a fraction of a second."""
VALUES = ((0.9, 0.8), (0.7, 0.1))
"""Two leads, two reps with a slot each: best is 0.8 + 0.7."""
OPTIMUM, WITH_HOURS = 1.5, 0.9
"""Of the day; and where both leads together take more hours than there are."""


def engines() -> Iterator[MachinePart]:
    """Yield how each engine solves the day."""
    yield _solved("flow", tiny_day(), OPTIMUM)
    hours = Limit("hours", "hours", "all", np.arange(4), np.full(4, 0.7), upper=1.0)
    yield _solved("mip", tiny_day(hours), WITH_HOURS)


def tiny_day(*limits: Limit) -> Problem:
    """Return the day of :data:`VALUES`."""
    return Problem(
        lead_ids=np.array(["L1", "L2"], dtype=object),
        rep_ids=np.array(["R1", "R2"], dtype=object),
        indptr=np.array([0, 2, 4]),
        rep=np.array([0, 1, 0, 1], dtype=np.int32),
        value=np.array(VALUES).ravel(),
        capacity=np.ones(2, dtype=np.int64),
        arrival=np.zeros(2, dtype=np.int64),
        must=np.zeros(2, dtype=bool),
        uses_slot=np.ones(4, dtype=bool),
        skip_cost=np.zeros(2),
        limits=limits,
    )


def _solved(engine: str, problem: Problem, optimum: float) -> MachinePart:
    part = f"engine {engine}"
    began = perf_counter()
    result = solve(problem, seed=0, time_limit=SECONDS)
    took = f"{1000 * (perf_counter() - began):.0f} ms"
    measured = f"{result.status}, {result.objective:.4g} of {optimum:.4g}, {took}"
    if result.engine != engine:
        return MachinePart(part, State.BROKEN, f"{measured}, by engine {result.engine}")
    is_right = abs(result.objective - optimum) < 1e-6
    if result.status is Status.OPTIMAL and is_right:
        return MachinePart(part, State.OK, measured)
    return MachinePart(part, State.BROKEN, measured, "is another OR-Tools installed?")
