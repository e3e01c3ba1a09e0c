"""How near the optimum: our engine on published generalised-assignment instances."""

import json
from math import isnan
from pathlib import Path
from time import perf_counter
from typing import Any

import click
from gap_instances import Instance, InstanceError, instances

from solver import solve

HEADER = (
    f"{'instance':<10} {'sense':<5} {'status':<10} {'objective':>10} {'bound':>12} "
    f"{'gap':>8} {'best known':>10} {'off':>8} {'seconds':>8}"
)


@click.command()
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option(
    "--time-limit", default=30.0, show_default=True, help="Seconds for each instance."
)
@click.option("--instance", "names", multiple=True, help="Only this; may be repeated.")
@click.option("--seed", default=0, show_default=True, help="Breaks ties.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON, not a table.")
def main(
    folder: Path, time_limit: float, names: tuple[str, ...], seed: int, as_json: bool
) -> None:
    """Solve the instances of FOLDER, one after the other.

    The sense is that of bounds.csv beside them (for gap1 to gap12, where it lists
    both, max as published), otherwise min.
    """
    rows = []
    if not as_json:
        click.echo(HEADER)
    try:
        for instance in instances(folder, names):
            rows.append(_solved(instance, time_limit, seed))
            if not as_json:
                click.echo(_line(rows[-1], instance.best_known))
    except InstanceError as error:
        raise click.ClickException(str(error)) from error
    if as_json:
        click.echo(json.dumps({"results": rows}, indent=2))


def _solved(instance: Instance, time_limit: float, seed: int) -> dict[str, Any]:
    problem = instance.problem
    began = perf_counter()
    result = solve(problem, seed=seed, time_limit=time_limit)
    seconds = perf_counter() - began
    is_solved = result.status.has_solution
    return {
        "instance": instance.name,
        "sense": instance.sense,
        "status": str(result.status),
        "objective": instance.sign * result.objective if is_solved else None,
        "bound": None if isnan(result.bound) else instance.sign * result.bound,
        "seconds": round(seconds, 2),
    }


def _line(row: dict[str, Any], best_known: float) -> str:
    objective, bound = row["objective"], row["bound"]
    return (
        f"{row['instance']:<10} {row['sense']:<5} {row['status']:<10} "
        f"{_number(objective):>10} {_number(bound):>12} {_share(objective, bound):>8} "
        f"{_number(best_known):>10} {_share(objective, best_known):>8} "
        f"{row['seconds']:>8.2f}"
    )


def _number(value: float | None) -> str:
    return "" if value is None or isnan(value) else f"{value:,.6g}"


def _share(objective: float | None, other: float | None) -> str:
    if objective is None or other is None or isnan(other):
        return ""
    return f"{abs(objective - other) / max(abs(objective), 1.0):.3%}"


if __name__ == "__main__":
    main()
