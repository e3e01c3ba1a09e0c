"""What a whole large day takes: from Parquet and a trained model to its run folder."""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from time import perf_counter

import click

from benchmarks.large_company import LargeCompany
from benchmarks.memory import PeakMemory
from benchmarks.rows import Row, line
from benchmarks.whatif import COUNT, ROOT, timed

MOST = {"seconds": 30.0, "peak_mb": 2_000}
"""What 1,000,000 leads of 1,000 reps may take on two cores of their own."""


@click.command()
@click.option("--leads", type=COUNT, default=1_000_000, show_default=True)
@click.option("--reps", type=COUNT, default=1_000, show_default=True)
@click.option("--history", type=COUNT, default=50_000, show_default=True)
@click.option("--repeats", type=COUNT, default=1, show_default=True)
@click.option("--seed", default=0, show_default=True, help="Of the company.")
@click.option("--folder", type=click.Path(path_type=Path), help="Keeps the company.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON, not a line.")
def main(
    leads: int,
    reps: int,
    history: int,
    repeats: int,
    seed: int,
    folder: Path | None,
    as_json: bool,
) -> None:
    """Run a day of at least half a million leads, which is decided in partitions.

    Processor seconds are those of the command and its processes, user and system, the
    least of all repeats; the seconds of stages are of that repeat, by the clock, and
    so longer where the machine does other work. Memory is that of all its processes
    together, what they share counted once.
    """
    company = LargeCompany(leads, reps, history, seed)
    with tempfile.TemporaryDirectory() as made:
        scenario = _written(company, folder or Path(made) / "company")
        row = min(
            (measured(scenario) for _ in range(repeats)),
            key=lambda row: row["processor seconds"],
        )
    row = {"leads": leads, "reps": reps, "seed": seed} | row
    click.echo(json.dumps(row, indent=2) if as_json else line(row))


def _written(company: LargeCompany, folder: Path) -> Path:
    """Return the scenario of a company with its model, made unless it is there."""
    scenario = folder / "daily.yaml"
    if not scenario.exists():
        company.write(folder)
        timed(["train", scenario, "--model", folder / "daily.model"])
    return scenario


def measured(scenario: Path) -> Row:
    """Return what a run takes, whole and by its stages."""
    model, out = scenario.with_suffix(".model"), scenario.parent / "run"
    arguments = ["run", scenario, "--model", model, "--out", out, "--replace", "--json"]
    before, began = os.times(), perf_counter()
    with (
        subprocess.Popen(
            [sys.executable, "-m", "rightrep", *map(str, arguments)],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            cwd=ROOT,
        ) as process,
        PeakMemory(process) as peak,
    ):
        printed, told = process.communicate()
    seconds, after = perf_counter() - began, os.times()
    if process.returncode:
        raise click.ClickException(f"the run failed: {told[-500:]}")
    user = after.children_user - before.children_user
    system = after.children_system - before.children_system
    manifest = json.loads(printed)
    stages = manifest["timings"]
    return {
        "status": manifest["status"],
        "objective": manifest["objective"],
        "gap": manifest["gap"],
        "seconds": seconds,
        "processor seconds": user + system,
        "of these system": system,
        "peak_mb": peak.megabytes,
        **stages,
        "all else": seconds - sum(stages.values()),
        "reached": seconds < MOST["seconds"] and peak.megabytes < MOST["peak_mb"],
    }


if __name__ == "__main__":
    main()
