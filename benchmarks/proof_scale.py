"""Proofs at any scale: drawn tiny days against every allocation."""

import json
from collections import Counter
from dataclasses import replace
from math import inf, isfinite
from typing import Any

import click
import numpy as np
from every_allocation import optimum
from mixed_days import mixed_day

from solver import Problem, Status, solve

LEADS, REPS = (2, 7), (1, 4)
EXPONENTS = -6.0, 15.0
"""Powers of ten of the values' scales."""
PENALTIES = -2.0, 12.0
"""Powers of ten of penalties."""
SCALES = ("as drawn", "one huge lead", "penalties", "values", "both")
CLOSE = 1e-9
"""Relative difference that is rounding."""
PROVEN = 1e-6
"""Relative gap within which a status may say optimal."""


@click.command()
@click.option("--days", type=click.IntRange(min=1), default=1000, show_default=True)
@click.option("--first", default=0, show_default=True, help="Seed of the first day.")
@click.option("--time-limit", default=5.0, show_default=True, help="Seconds of a day.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON, not a table.")
def main(days: int, first: int, time_limit: float, as_json: bool) -> None:
    """Solve tiny days whose values and penalties lie orders of magnitude apart.

    Fails where a status, a bound or an objective is false.
    """
    counts: Counter[str] = Counter()
    faults = []
    for seed in range(first, first + days):
        day = scaled_day(seed)
        status, fault = judged(day, seed, time_limit)
        counts[status] += 1
        if fault:
            faults.append({"day": seed, "scale": SCALES[seed % 5], "fault": fault})
            click.echo(f"day {seed} ({SCALES[seed % 5]}): {fault}", err=as_json)
    if as_json:
        click.echo(json.dumps({"statuses": counts, "faults": faults}, indent=2))
    else:
        statuses = ", ".join(f"{counts[name]} {name}" for name in sorted(counts))
        click.echo(f"{days} days: {statuses}; {len(faults)} false")
    if faults:
        raise SystemExit(1)


def scaled_day(seed: int) -> Problem:
    """Return a tiny day; four in five have values, penalties or both of all sizes."""
    rng = np.random.default_rng([seed, 18])
    problem = mixed_day(seed, LEADS, REPS)
    scale = SCALES[seed % len(SCALES)]
    if scale in ("values", "both"):
        problem = _times(problem, 10 ** rng.uniform(*EXPONENTS, problem.n_leads))
    if scale == "one huge lead":
        huge = np.ones(problem.n_leads)
        huge[rng.integers(problem.n_leads)] = 10 ** rng.uniform(8, EXPONENTS[1])
        problem = _times(problem, huge)
    if scale in ("penalties", "both"):
        problem = problem.replace(
            limits=tuple(_other_penalty(limit, rng) for limit in problem.limits),
            shares=tuple(_other_penalty(share, rng) for share in problem.shares),
            groups=tuple(_other_penalty(group, rng) for group in problem.groups),
            skip_cost=problem.skip_cost * 10 ** rng.uniform(*PENALTIES),
        )
    return problem


def judged(problem: Problem, seed: int, time_limit: float) -> tuple[str, str]:
    """Return the status of the engine's result, and what is false of it."""
    result = solve(problem, seed=seed, time_limit=time_limit)
    best = optimum(problem)
    if best == -inf:
        known = {Status.INFEASIBLE, Status.NO_SOLUTION}
        return result.status, "" if result.status in known else "no allocation obeys"
    if not result.status.has_solution:
        return result.status, f"no allocation, where {best} is feasible"
    size = max(abs(best), _decided(result))
    if result.objective > best + CLOSE * size:
        return result.status, f"objective {result.objective} above the optimum {best}"
    if isfinite(result.bound) and result.bound < best - CLOSE * size:
        return result.status, f"bound {result.bound} below the optimum {best}"
    lacking = best - result.objective
    if result.is_optimal and lacking > PROVEN * size:
        return result.status, f"optimal at {result.objective}, where {best} is feasible"
    return result.status, ""


def _decided(result: Any) -> float:
    """Return what is assigned, in the objective's unit."""
    return float(np.abs(result.solution.problem.value[result.solution.chosen]).sum())


def _times(problem: Problem, factor: np.ndarray[Any, Any]) -> Problem:
    return problem.replace(value=problem.value * factor[problem.lead])


def _other_penalty(rule: Any, rng: np.random.Generator) -> Any:
    return (
        rule if rule.is_hard else replace(rule, penalty=10 ** rng.uniform(*PENALTIES))
    )


if __name__ == "__main__":
    main()
