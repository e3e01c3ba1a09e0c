"""How long `rightrep whatif --days` takes, from tables on disk to printed JSON."""

import json
import os
import resource
import subprocess
import sys
import tempfile
from dataclasses import replace
from pathlib import Path
from time import perf_counter

import click

from benchmarks.rows import Row, line
from crm import csv_text
from evaluation import PRESETS, draw_world
from scenarios.files import scenario_text

COUNT = click.IntRange(min=1)
TRAINING_DAYS = 25
"""Days of history before those that are replayed, on which the model is trained."""
ARRIVALS = 1.1
"""Leads that are drawn for each lead of a day: some days of history are no workdays."""


@click.command()
@click.option("--days", type=COUNT, default=90, show_default=True)
@click.option("--leads", type=COUNT, default=2_000, show_default=True, help="Of a day.")
@click.option("--reps", type=COUNT, default=100, show_default=True)
@click.option("--change", default="rules.capacity.factor=1.2", show_default=True)
@click.option("--seed", default=0, show_default=True, help="Of the company.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON, not a line.")
def main(
    days: int, leads: int, reps: int, change: str, seed: int, as_json: bool
) -> None:
    """Replay past days under the demo's rules as they are, and changed.

    In a process of its own: reading, training, and both variants of every day. CPU
    seconds are those of all its processes; on a machine that does something else,
    too, wall seconds say little.
    """
    with tempfile.TemporaryDirectory() as folder:
        write_company(Path(folder), days, leads, reps, seed)
        row = measured(Path(folder), days, change)
    click.echo(json.dumps(row) if as_json else line(row))


def write_company(folder: Path, days: int, leads: int, reps: int, seed: int) -> None:
    """Write the tables and the scenario of a company with so many past days."""
    spec = replace(PRESETS["demo"], n_reps=reps, leads_per_day=round(ARRIVALS * leads))
    n_history = (days + TRAINING_DAYS) * spec.leads_per_day
    for name, table in draw_world(spec, seed).tables(n_history, leads).items():
        text = csv_text(table.drop(columns="propensity", errors="ignore"))
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    scenario = scenario_text("demo.yaml")
    (folder / "demo.yaml").write_text(scenario, encoding="utf-8")


def measured(folder: Path, days: int, change: str) -> Row:
    """Return the size of a replay, and what it took."""
    call = [sys.executable, "-m", "rightrep", "whatif", str(folder / "demo.yaml")]
    options = ["--days", str(days), "--set", change, "--json"]
    load, began, before = os.getloadavg()[0], perf_counter(), _cpu()
    done = subprocess.run([*call, *options], capture_output=True, text=True)
    wall, cpu = perf_counter() - began, _cpu() - before
    if done.returncode:
        raise click.ClickException(done.stderr)
    replayed = json.loads(done.stdout)
    return {
        "days": replayed["days"],
        "leads": replayed["leads"],
        "leads_per_day": replayed["leads"] / replayed["days"],
        "variants": len(replayed["variants"]),
        "trained_on": replayed["model"]["n_rows"],
        "not_proven": sum(v["days_not_proven"] for v in replayed["variants"]),
        "processes": replayed["processes"],
        "wall_seconds": wall,
        "cpu_seconds": cpu,
        "load_before": load,
    }


def _cpu() -> float:
    """Return the CPU seconds of all processes that ended and were waited for."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


if __name__ == "__main__":
    main()
