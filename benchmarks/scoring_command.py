"""The command of the scoring benchmark: which parts, and how they are printed."""

import json
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import click

from benchmarks.rows import Row, line
from benchmarks.scoring_scorers import OURS, SCORERS, TREES
from benchmarks.scoring_shared import it_bids, maven_crm
from benchmarks.scoring_trial import MAIN, WORLDS
from benchmarks.scoring_worlds import LEADS_PER_REP, SIZES, figures

ROOT = Path(__file__).parents[1]
DATA = ROOT.parent / "shared" / "data"
FULL_SIZE = 500, 1_000_000, 100_000
"""Reps, rows of history and leads."""
REPS_AND_ROWS = (10_000, 5_000), (5_000, 20_000), (5_000, 200_000), (100, 50_000)
N_LEADS = 200


@dataclass(frozen=True)
class Settings:
    """Options of the command: worlds per kind, folder of data, size at scale."""

    seeds: int
    data: Path
    scale: float


def bids_part(settings: Settings) -> Iterator[Row]:
    """Yield the figures on it_bids, if it is there."""
    if (settings.data / "it_bids").is_dir():
        yield it_bids(settings.data / "it_bids")


def maven_part(settings: Settings) -> Iterator[Row]:
    """Yield the figures on maven_crm, if it is there."""
    if (settings.data / "maven_crm").is_dir():
        yield maven_crm(settings.data / "maven_crm")


def worlds_part(settings: Settings) -> Iterator[Row]:
    """Yield the figures of every scorer."""
    yield from figures(MAIN, [LEADS_PER_REP], SCORERS, settings.seeds)


def sizes_part(settings: Settings) -> Iterator[Row]:
    """Yield ours beside boosted trees, from little history to much."""
    yield from figures(["mild", "strong"], SIZES, [OURS, TREES], settings.seeds)


def expectation_part(settings: Settings) -> Iterator[Row]:
    """Yield what ours expects beside what is true, where history is confounded too."""
    yield from figures(WORLDS, [LEADS_PER_REP], [OURS], settings.seeds)


def scale_part(settings: Settings) -> Iterator[Row]:
    """Yield seconds and memory, each step in a process of its own."""
    n_reps, n_rows, n_leads = scaled(FULL_SIZE, settings.scale)
    steps = [["draw", n_reps, n_rows, n_leads], ["train"], ["score"]]
    yield from measured(steps)


def reps_part(settings: Settings) -> Iterator[Row]:
    """Yield seconds and memory of training where there are many reps, or few."""
    for size in REPS_AND_ROWS:
        n_reps, n_rows = scaled(size, settings.scale)
        for row in measured([["draw", n_reps, n_rows, N_LEADS], ["train"]]):
            yield {"reps": n_reps, **row}


def scaled(numbers: Sequence[int], scale: float) -> list[int]:
    """Return the numbers times the scale, whole and at least 1."""
    return [max(1, round(number * scale)) for number in numbers]


def measured(steps: Sequence[Sequence[object]]) -> Iterator[Row]:
    """Yield what each step measures in a process of its own: its name and numbers."""
    with tempfile.TemporaryDirectory() as folder:
        for step, *numbers in steps:
            call = [str(part) for part in (step, folder, *numbers)]
            done = subprocess.run(
                [sys.executable, "-m", "benchmarks.scoring_scale", *call],
                stdout=subprocess.PIPE,
                text=True,
                cwd=ROOT,
            )
            if done.returncode:
                raise click.ClickException(f"{step} ended with {done.returncode}")
            yield json.loads(done.stdout)


PARTS: Mapping[str, Callable[[Settings], Iterator[Row]]] = {
    "it_bids": bids_part,
    "maven": maven_part,
    "worlds": worlds_part,
    "sizes": sizes_part,
    "expectation": expectation_part,
    "scale": scale_part,
    "reps": reps_part,
}


@click.command()
@click.option(
    "--part",
    "parts",
    multiple=True,
    type=click.Choice(list(PARTS)),
    help="May be repeated. Without it: all of them.",
)
@click.option(
    "--seeds",
    type=click.IntRange(min=1),
    default=4,
    show_default=True,
    help="Worlds of each kind.",
)
@click.option(
    "--data",
    type=click.Path(file_okay=False, path_type=Path),
    default=DATA,
    help="Folder of the public data sets; parts whose data it lacks are left out.",
)
@click.option(
    "--scale",
    type=click.FloatRange(min=0, min_open=True),
    default=1.0,
    show_default=True,
    help="Share of the full size in the parts scale and reps.",
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON, not tables.")
def main(
    parts: tuple[str, ...], seeds: int, data: Path, scale: float, as_json: bool
) -> None:
    """Measure the scores, out of time or against ground truth.

    In worlds: `captured` is the share of the achievable uplift over round robin that
    the best allocation by the scores reaches; `expected over true` is what the model
    expects of the pairs so chosen over what is true of them. Intervals are 95 %.
    """
    settings = Settings(seeds, data, scale)
    results: dict[str, list[Row]] = {}
    for name in parts or PARTS:
        results[name] = []
        if not as_json:
            click.echo(f"\n{name}")
        for row in PARTS[name](settings):
            results[name].append(row)
            if not as_json:
                click.echo(line(row))
        if not (results[name] or as_json):
            click.echo(f"  left out: {data} lacks its data")
    if as_json:
        click.echo(json.dumps({"results": results}, indent=2))
