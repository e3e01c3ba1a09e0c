"""How long a sweep of what-if variants takes, beside as many dry runs of the job."""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from time import perf_counter
from typing import Any

import click

from benchmarks.rows import Row, line
from evaluation import PRESETS, draw_world
from runs.demo import company_files

ROOT = Path(__file__).parents[1]
FACTORS = "rules.capacity.factor=0.8:1.2:0.1"
PENALTIES = "rules.language.penalty=*0.5:2:0.5"
N_VARIANTS = 20
MOST_SECONDS = 60.0
"""What the whole command may take on cores of its own."""
COUNT = click.IntRange(min=1)


def write_company(
    folder: Path, n_leads: int, n_reps: int, n_history: int, seed: int
) -> Path:
    """Write a company under the demo's rules; return its scenario."""
    spec = replace(
        PRESETS["demo"],
        n_reps=n_reps,
        leads_per_day=max(n_leads // 3, 1),
        n_teams=8,
        n_territories=10,
        n_away=n_reps // 20,
        n_accounts=4 * n_reps,
    )
    tables = draw_world(spec, seed).tables(n_history, n_leads)
    (folder / "company").mkdir()
    for name, content in company_files(tables).items():
        (folder / name).write_text(str(content), encoding="utf-8", newline="")
    return folder / "company" / "demo.yaml"


def timed(arguments: Sequence[object]) -> tuple[str, float, float]:
    """Return what a command prints, its seconds, and those of its processor."""
    before, began = os.times(), perf_counter()
    done = subprocess.run(
        [sys.executable, "-m", "rightrep", *map(str, arguments)],
        capture_output=True,
        text=True,
        cwd=ROOT,
    )
    seconds, after = perf_counter() - began, os.times()
    if done.returncode:
        raise click.ClickException(f"{arguments[0]} failed: {done.stderr[-500:]}")
    spent = after.children_user - before.children_user
    spent += after.children_system - before.children_system
    return done.stdout, seconds, spent


def measured(scenario: Path, n_runs: int) -> Row:
    """Return what the sweep takes, and what as many dry runs do by a sample of them."""
    sweep = ["whatif", scenario, "--set", FACTORS, "--set", PENALTIES, "--json"]
    printed, seconds, spent = timed(sweep)
    runs = [timed(["run", scenario, "--dry-run", "--json"]) for _ in range(n_runs)]
    variants: list[dict[str, Any]] = json.loads(printed)["variants"]
    run_spent = sum(own for *_, own in runs) / n_runs
    objective = json.loads(runs[0][0])["objective"]
    return {
        "variants": len(variants) - 1,
        "all optimal": all(own["status"] == "optimal" for own in variants),
        "first is the run": abs(variants[0]["objective"] - objective) < 1e-6,
        "seconds": seconds,
        "processor seconds": spent,
        "processor seconds of a dry run": run_spent,
        "ratio": (len(variants) - 1) * run_spent / spent,
        "reached": spent < MOST_SECONDS,
    }


@click.command()
@click.option("--leads", type=COUNT, default=2_000, show_default=True)
@click.option("--reps", type=COUNT, default=100, show_default=True)
@click.option("--history", type=COUNT, default=50_000, show_default=True)
@click.option("--runs", type=COUNT, default=1, show_default=True, help="Dry runs.")
@click.option("--seed", default=0, show_default=True, help="Of the company.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON, not a line.")
def main(
    leads: int, reps: int, history: int, runs: int, seed: int, as_json: bool
) -> None:
    """Sweep 20 variants of a day in one command, training included.

    `ratio` is how many times more processor time 20 separate dry runs take. Processor
    seconds are those of the command and its processes, whatever else the machine does.
    """
    size = {"leads": leads, "reps": reps, "history": history, "seed": seed}
    with tempfile.TemporaryDirectory() as made:
        scenario = write_company(Path(made), leads, reps, history, seed)
        row = size | measured(scenario, runs)
    click.echo(json.dumps(row, indent=2) if as_json else line(row))


if __name__ == "__main__":
    main()
