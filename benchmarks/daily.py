"""A simulated year of daily runs in one ledger: what its last day costs."""

import json
import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import perf_counter
from typing import Any

import click

from benchmarks.daily_company import moment_of
from benchmarks.daily_year import SimulatedYear
from benchmarks.rows import line
from crm.databases.address import address_of

VARIABLE = "RIGHTREP_BENCHMARK_URL"
LEDGERS = {"sqlite": "ledger.db", "postgresql": f"${{{VARIABLE}}}"}
AIMS = {"ledger_seconds": 2.0, "gigabytes": 1.0, "kpi_like_seconds": 3.0}
COUNT = click.IntRange(min=1)


@click.command()
@click.option("--days", default=250, show_default=True, type=COUNT)
@click.option("--leads", default=2_000, show_default=True, type=COUNT)
@click.option("--reps", default=100, show_default=True, type=COUNT)
@click.option(
    "--database",
    "databases",
    multiple=True,
    type=click.Choice(list(LEDGERS)),
    help="May be repeated; by default both.",
)
@click.option("--seed", default=0, show_default=True, help="Of the year.")
@click.option(
    "--every",
    default=25,
    show_default=True,
    type=COUNT,
    help="Days after which all rows are looked at, not only those of the day.",
)
@click.option("--keep", type=click.Path(path_type=Path), help="Folder that stays.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON, not lines.")
def main(
    days: int,
    leads: int,
    reps: int,
    databases: tuple[str, ...],
    seed: int,
    every: int,
    keep: Path | None,
    as_json: bool,
) -> None:
    """Let working days pass, and time the ledger's part of the last ones.

    Allocations are cheap ones: the ledger is measured, not the solver. Seconds are the
    median of the last five days; of `kpi` and `morning` they are processor time of
    this process. Fails where anything that should hold does not.
    """
    rows = []
    for database in databases or LEDGERS:
        with place_for(database, keep) as folder:
            year = SimulatedYear(folder, LEDGERS[database], leads, reps, seed)
            began = perf_counter()
            for day in range(days):
                year.pass_day(day, check_all=not (day + 1) % every or day + 1 == days)
                if not as_json and not (day + 1) % every:
                    click.echo(f"{database}: {day + 1} days", err=True)
            size = {"days": days, "leads_per_day": leads, "reps": reps, "seed": seed}
            spent = {"year_seconds": round(perf_counter() - began, 1)}
            rows.append({"database": database} | size | spent | summary(year, folder))
    click.echo(json.dumps(rows, indent=2) if as_json else "\n".join(map(text, rows)))
    sys.exit(any(row["faults"] for row in rows))


@contextmanager
def place_for(database: str, keep: Path | None) -> Iterator[Path]:
    """Give an empty folder, and a server where one is needed."""
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made) if keep is None else keep / database
        folder.mkdir(parents=True, exist_ok=True)
        if database == "sqlite":
            yield folder
            return
        from tests.postgres import Postgres

        cluster = Postgres.started()
        os.environ[VARIABLE] = cluster.url
        try:
            yield folder
        finally:
            cluster.remove()


def summary(year: SimulatedYear, folder: Path) -> dict[str, Any]:
    """Return what the year holds, what its last days cost, and its aims."""
    path = folder / LEDGERS["sqlite"]
    is_file = path.exists()
    place = path if is_file else address_of(LEDGERS["postgresql"], folder, "ledger")
    row: dict[str, Any] = year.times.last()
    parts = ("check", "morning", "record")
    row["ledger_seconds"] = sum(row["seconds"][part] for part in parts)
    row |= year.asked(place)
    row |= year.commands(moment_of(row["runs"]))
    row["faults"] = {name: count for name, count in year.faults.items() if count}
    row["reached"] = {name: row[name] < aim for name, aim in AIMS.items()}
    return row


def text(row: dict[str, Any]) -> str:
    """Return a row as text, its parts in lines of their own."""
    plain = {name: cell for name, cell in row.items() if not isinstance(cell, dict)}
    parts = {name: cell for name, cell in row.items() if isinstance(cell, dict)}
    return "\n".join(
        [line(plain), *(f"    {name}: {line(own)}" for name, own in parts.items())]
    )


if __name__ == "__main__":
    main()
