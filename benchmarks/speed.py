"""How fast, and how large: our engine beside others on one transport-shaped problem."""

import json
import resource
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator
from math import inf
from pathlib import Path
from time import sleep
from typing import Any

import click

CHILD = Path(__file__).with_name("speed_engine.py")
GROWTH = ((10_000, 100), (100_000, 500), (300_000, 1_000))
SUITS = {"flow": inf, "rightrep": inf, "highs": 30_000, "lsa": 10_000}
"""Engines, and the number of leads up to which each takes minutes at most."""
BUILD = "build"
COUNT = click.IntRange(min=1)

Row = dict[str, Any]


@click.command()
@click.option("--leads", type=COUNT, help="Without it: all sizes of the growth.")
@click.option("--reps", type=COUNT, default=500, show_default=True)
@click.option(
    "--engine",
    "engines",
    multiple=True,
    type=click.Choice(list(SUITS)),
    help="May be repeated. Without it: every engine that the size suits.",
)
@click.option(
    "--overlap",
    type=click.FloatRange(0, 1),
    default=0.0,
    show_default=True,
    help="Share of reps who serve a second territory, which ties territories together.",
)
@click.option("--seed", default=0, show_default=True, help="Of the instance.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON, not a table.")
def main(
    leads: int | None,
    reps: int,
    engines: tuple[str, ...],
    overlap: float,
    seed: int,
    as_json: bool,
) -> None:
    """Time engines on one problem, each in a process of its own.

    Seconds are from the problem to the chosen pairs; "build" is from tables and rules
    to the problem. Fails where two engines find different optima.
    """
    rows: list[Row] = []
    if not as_json:
        click.echo(HEADER)
    for size in [(leads, reps)] if leads else GROWTH:
        suited = engines or [name for name in SUITS if size[0] <= SUITS[name]]
        first = len(rows)
        for row in measured(*size, suited, overlap, seed):
            rows.append(row)
            if not as_json:
                click.echo(line(row, rows[first:]))
        check_equal(rows[first + 1 :])
    if as_json:
        built = [row for row in rows if row["engine"] == BUILD]
        solved = [row for row in rows if row["engine"] != BUILD]
        click.echo(json.dumps({"results": solved, "building": built}, indent=2))


def measured(
    leads: int, reps: int, engines: Iterable[str], overlap: float, seed: int
) -> Iterator[Row]:
    """Yield the row of building the problem, then that of each engine solving it."""
    size = {"leads": leads, "reps": reps}
    with tempfile.TemporaryDirectory() as folder:
        company = map(str, (leads, reps, overlap, seed))
        yield size | _row([BUILD, folder, *company])
        for engine in engines:
            yield size | _row([engine, folder])


def _row(call: list[str]) -> Row:
    """Return what a process of its own measures, with the memory of its children."""
    process = subprocess.Popen(
        [sys.executable, str(CHILD), *call], stdout=subprocess.PIPE, text=True
    )
    peak = 0.0
    while process.poll() is None:
        peak = max(peak, _memory(process.pid))
        sleep(0.02)
    printed, _ = process.communicate()
    if process.returncode:
        raise click.ClickException(f"{call[0]} ended with code {process.returncode}")
    row: Row = {"engine": call[0]} | json.loads(printed)
    return row | {"peak_mb": max(row["peak_mb"], peak)}


def _memory(process: int) -> float:
    """Return the memory of a process and its children, in MB; 0 where unknown."""
    try:
        pages = int(Path(f"/proc/{process}/statm").read_text().split()[1])
        tasks = Path(f"/proc/{process}/task/{process}/children").read_text()
    except OSError:
        return 0.0
    own = pages * resource.getpagesize() / 2**20
    return own + sum(_memory(int(child)) for child in tasks.split())


HEADER = (
    f"{'leads':>8} {'reps':>6} {'pairs':>10}  {'engine':<9}"
    f"{'seconds':>9} {'x flow':>8} {'peak MB':>8}  objective (bound)"
)


def line(row: Row, so_far: list[Row]) -> str:
    """Return a line of the table; `x flow` is how many times as fast as the flow."""
    flow = [past["seconds"] for past in so_far if past["engine"] == "flow"]
    times = f"{flow[0] / row['seconds']:.2f}" if flow else ""
    proven = f"{row['objective']:.6f} ({row['bound']:.6f})" if row["objective"] else ""
    return (
        f"{row['leads']:>8,} {row['reps']:>6,} {row['pairs']:>10,}  {row['engine']:<9}"
        f"{row['seconds']:>9.3f} {times:>8} {row['peak_mb']:>8.0f}  {proven}"
    )


def check_equal(rows: list[Row]) -> None:
    """Fail unless every engine found the same optimum.

    Values are multiples of a power of two, so that their sums are exact.
    """
    optima = {row["engine"]: row["objective"] for row in rows}
    if len(set(optima.values())) > 1:
        raise click.ClickException(f"the optima differ: {optima}")


if __name__ == "__main__":
    main()
