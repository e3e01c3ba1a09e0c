"""Our engine beside one plain call of SciPy's HiGHS, on drawn days of mixed rules."""

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from math import inf, isclose
from time import perf_counter
from typing import Any

import click
from mixed_days import mixed_day
from textbook_model import plain

from solver import Problem, solve

SAME = 1e-6
"""Relative difference of two objectives that counts as none."""
HEADER = (
    f"{'day':>5} {'leads':>5} {'pairs':>6} {'ours':>14} {'bound':>14} {'seconds':>7} "
    f"{'plain':>14} {'bound':>14} {'seconds':>7}  ours is"
)


@click.command()
@click.option("--days", type=click.IntRange(min=1), default=100, show_default=True)
@click.option("--first", default=0, show_default=True, help="Seed of the first day.")
@click.option("--time-limit", default=10.0, show_default=True, help="Seconds of each.")
@click.option("--busy", default=0, show_default=True, help="Other busy processes.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON, not a table.")
def main(days: int, first: int, time_limit: float, busy: int, as_json: bool) -> None:
    """Solve drawn days by both with the same time limit, one after the other.

    Ours is behind where its objective is worse, or plain HiGHS alone has a proof.
    """
    rows = []
    if not as_json:
        click.echo(HEADER)
    with busy_processes(busy):
        for seed in range(first, first + days):
            rows.append({"day": seed} | compared(mixed_day(seed), seed, time_limit))
            if not as_json:
                click.echo(_line(rows[-1]))
    verdicts = [row["verdict"] for row in rows]
    totals = {name: verdicts.count(name) for name in sorted(set(verdicts))}
    if as_json:
        click.echo(json.dumps({"totals": totals, "days": rows}, indent=2))
    else:
        click.echo("ours is: " + ", ".join(f"{totals[name]} {name}" for name in totals))


def compared(problem: Problem, seed: int, time_limit: float) -> dict[str, Any]:
    """Return the figures of both on one problem, and how ours compares."""
    began = perf_counter()
    result = solve(problem, seed=seed, time_limit=time_limit)
    ours = {
        "objective": result.objective if result.status.has_solution else -inf,
        "bound": result.bound,
        "is_optimal": result.is_optimal,
        "seconds": perf_counter() - began,
    }
    began = perf_counter()
    theirs = plain(problem, time_limit)
    theirs["seconds"] = perf_counter() - began
    size = {"leads": problem.n_leads, "pairs": problem.n_pairs}
    return size | {"ours": ours, "plain": theirs, "verdict": verdict(ours, theirs)}


def verdict(ours: dict[str, Any], theirs: dict[str, Any]) -> str:
    """Return how our figures compare: the objective first, then the proof."""
    objectives = ours["objective"], theirs["objective"]
    if not isclose(*objectives, rel_tol=SAME):
        return "better" if ours["objective"] > theirs["objective"] else "behind"
    if ours["is_optimal"] != theirs["is_optimal"]:
        return "better proven" if ours["is_optimal"] else "behind in proof"
    return "equal"


@contextmanager
def busy_processes(count: int) -> Iterator[None]:
    """Keep as many processes busy within the ``with`` block."""
    with ExitStack() as stack:
        for _ in range(count):
            process = subprocess.Popen([sys.executable, "-c", "while True: pass"])
            stack.callback(process.wait)
            stack.callback(process.kill)
        yield


def _line(row: dict[str, Any]) -> str:
    figures = " ".join(
        f"{row[name]['objective']:>14,.6g} {row[name]['bound']:>14,.6g} "
        f"{row[name]['seconds']:>7.2f}"
        for name in ("ours", "plain")
    )
    return (
        f"{row['day']:>5} {row['leads']:>5} {row['pairs']:>6} {figures}  "
        f"{row['verdict']}"
    )


if __name__ == "__main__":
    main()
