"""How long a history takes from CSV to text cells, and to checked tables."""

import json
import subprocess
import sys
import tempfile
from pathlib import Path

import click

from benchmarks.rows import Row, line

CHILD = Path(__file__).with_name("reading_way.py")
COMPANY = Path(__file__).with_name("reading_company.py")
WAYS = ("pandas", "text", "strict", "checked")
"""Plain pandas, our cells, those of the strict reader alone, and checked tables."""


@click.command()
@click.option("--rows", default=1_000_000, show_default=True, type=click.IntRange(2))
@click.option("--seed", default=0, show_default=True, help="Of the history.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON, not lines.")
def main(rows: int, seed: int, as_json: bool) -> None:
    """Time ways to read a history of 15 columns, each in a process of its own."""
    with tempfile.TemporaryDirectory() as folder:
        _printed(COMPANY, folder, str(rows), str(seed))
        timed: list[Row] = [json.loads(_printed(CHILD, way, folder)) for way in WAYS]
    for row in timed:
        row["x_pandas"] = row["seconds"] / timed[0]["seconds"]
    click.echo(json.dumps(timed) if as_json else "\n".join(map(line, timed)))


def _printed(script: Path, *arguments: str) -> str:
    """Return what a process of its own prints, so that its memory is its own, too."""
    call = [sys.executable, str(script), *arguments]
    done = subprocess.run(call, capture_output=True, text=True)
    if done.returncode:
        raise click.ClickException(done.stderr)
    return done.stdout


if __name__ == "__main__":
    main()
