"""How the price engine grows with the day: time, memory and proof, beside others.

    python -m benchmarks.scale --json
    python -m benchmarks.scale --leads 1000000 --reps 1000 --shape linked
    python -m benchmarks.scale --leads 100000 --reps 500 --referee flow

Every size runs in a process of its own, whose peak memory the operating system tells.
"""

import json
import resource
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from time import perf_counter, process_time
from typing import Any

import click
import numpy as np

from benchmarks.scale_instance import SHAPES, instance
from solver.engines.price import PricedDay, solve_factorised, warm
from solver.problem.factorised import FactorisedProblem

SIZES = ((10_000, 100), (100_000, 500), (1_000_000, 1_000))
REPEATS = 3
MINUTES = 60.0


@click.command(help=__doc__)
@click.option("--leads", type=int)
@click.option("--reps", type=int)
@click.option("--shape", type=click.Choice(SHAPES))
@click.option("--referee", type=click.Choice(("none", "flow", "highs")), default="none")
@click.option("--json", "as_json", is_flag=True)
def main(
    leads: int | None, reps: int | None, shape: str | None, referee: str, as_json: bool
) -> None:
    """Measure one size here, or all of them in processes of their own."""
    if leads is not None and reps is not None:
        rows = iter([measured(leads, reps, shape or "plain", referee)])
    else:
        rows = _all(SHAPES if shape is None else (shape,), referee)
    for row in rows:
        line = (
            json.dumps(row)
            if as_json
            else "  ".join(f"{k} {v}" for k, v in row.items())
        )
        click.echo(line)


def _all(shapes: tuple[str, ...], referee: str) -> Iterator[dict[str, Any]]:
    for leads, reps in SIZES:
        for shape in shapes:
            size = f"--leads={leads}", f"--reps={reps}", f"--shape={shape}"
            command = [sys.executable, "-m", "benchmarks.scale", *size, "--json"]
            answer = subprocess.run(
                [*command, f"--referee={referee}"],
                capture_output=True,
                check=True,
                cwd=Path(__file__).parents[1],
            )
            yield json.loads(answer.stdout)


def measured(n_leads: int, n_reps: int, shape: str, referee: str) -> dict[str, Any]:
    """Return what solving a day takes: the least seconds of some repeats.

    And the memory of the process, libraries and the day included, after the first.
    """
    warm()
    problem = instance(n_leads, n_reps, shape, seed=0)
    cpu, wall, peak = np.inf, np.inf, 0
    for _ in range(REPEATS):
        began, clock = process_time(), perf_counter()
        day = solve_factorised(problem, seed=0, time_limit=MINUTES * 60)
        cpu = min(cpu, process_time() - began)
        wall = min(wall, perf_counter() - clock)
        peak = peak or resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    row = {
        "leads": n_leads,
        "reps": n_reps,
        "shape": shape,
        "pairs": problem.n_segment_pairs,
        "status": str(day.status),
        "objective": day.objective,
        "gap": day.gap,
        "cpu": round(cpu, 3),
        "wall": round(wall, 3),
        "whatif_cpu": _whatif(day),
        "peak_mb": peak,
    }
    return row | _refereed(problem, referee)


def _whatif(day: PricedDay) -> float:
    """Return the time for one slot less of a rep whose slots have a price."""
    capacity = day.problem.capacity.copy()
    priced = np.flatnonzero((day.price > 0) & (capacity > 0))
    if len(priced):
        capacity[priced[len(priced) // 2]] -= 1
    least = np.inf
    for _ in range(REPEATS):
        began = process_time()
        day.with_capacity(capacity, time_limit=MINUTES * 60)
        least = min(least, process_time() - began)
    return round(least, 3)


def _refereed(problem: FactorisedProblem, referee: str) -> dict[str, Any]:
    """Return what the referee takes and finds, stored pairs and our proof included."""
    if referee == "none":
        return {}
    stored = problem.stored()
    began, children = process_time(), _of_children()
    if referee == "flow":
        from solver.engines.flow import solve_flow, tree_of

        tree = tree_of(stored)
        assert tree is not None
        result = solve_flow(stored, tree, seed=0, time_limit=MINUTES * 60)
        objective = result.objective
    else:
        objective = _by_highs(stored)
    took = process_time() - began + _of_children() - children
    return {f"{referee}_cpu": round(took, 3), f"{referee}_objective": objective}


def _of_children() -> float:
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime


def _by_highs(stored: Any) -> float:
    """Return the optimum of the day as a linear program."""
    from scipy.optimize import linprog
    from scipy.sparse import csr_array, vstack

    pairs, one = np.arange(stored.n_pairs), np.ones(stored.n_pairs)
    per_lead = csr_array((one, (stored.lead, pairs)), (stored.n_leads, len(pairs)))
    per_rep = csr_array((one, (stored.rep, pairs)), (stored.n_reps, len(pairs)))
    upper = np.concatenate([np.ones(stored.n_leads), stored.capacity])
    solved = linprog(-stored.value, A_ub=vstack([per_lead, per_rep]), b_ub=upper)
    return -float(solved.fun)


if __name__ == "__main__":
    main()
