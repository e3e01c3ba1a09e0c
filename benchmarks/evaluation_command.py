"""The command of the evaluation benchmark: which parts, and how they are printed."""

import json
from collections.abc import Callable, Iterator, Mapping

import click

from benchmarks.evaluation_arms import arms_part
from benchmarks.evaluation_coverage import coverage_part
from benchmarks.evaluation_fairness import fairness_part
from benchmarks.evaluation_randomised import randomised_part
from benchmarks.evaluation_simulation import simulation_part
from benchmarks.rows import Row, line

PARTS: Mapping[str, Callable[..., Iterator[Row]]] = {
    "coverage": coverage_part,
    "arms": arms_part,
    "randomised": randomised_part,
    "fairness": fairness_part,
    "simulation": simulation_part,
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
    type=click.IntRange(min=2),
    help="Worlds of each kind; by default each part's own number.",
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON, not tables.")
def main(parts: tuple[str, ...], seeds: int | None, as_json: bool) -> None:
    """Hold what is measured against synthetic worlds of known ground truth.

    `coverage` is the share of worlds in which the 95 % interval of the measured lift
    covers the truth; half-widths are in points of relative lift.
    """
    size = {} if seeds is None else {"seeds": seeds}
    results: dict[str, list[Row]] = {}
    for name in parts or PARTS:
        results[name] = []
        if not as_json:
            click.echo(f"\n{name}")
        for row in PARTS[name](**size):
            results[name].append(row)
            if not as_json:
                click.echo(line(row))
    if as_json:
        click.echo(json.dumps({"results": results}, indent=2))
