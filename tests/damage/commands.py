"""Commands run as a person would, and what holds of every one of them."""

import csv
import os
from pathlib import Path

from click.testing import CliRunner, Result

import cli

CHECK = ("check", "daily.yaml")
RUN = ("run", "daily.yaml", "--model", "daily.model", "--out", "out")


def command(*arguments: str) -> Result:
    return CliRunner().invoke(cli.main, list(arguments))


def contents(folder: Path) -> dict[str, bytes]:
    """Return every regular file of the folder."""
    paths = [path for path in folder.rglob("*") if path.is_file()]
    return {str(path.relative_to(folder)): path.read_bytes() for path in paths}


def held(folder: Path, arguments: tuple[str, ...] = RUN) -> Result:
    """Run the command and hold it to what is true of every input."""
    before = sorted(os.listdir(folder))
    result = command(*arguments)
    assert result.exit_code in {0, 2, 3, 4}, (result.output, result.exception)
    assert "Traceback" not in result.output
    if result.exit_code in {2, 3}:
        assert sorted(os.listdir(folder)) == before
        assert result.stderr.startswith(("error: ", "warning: "))
    if result.exit_code == 0 and arguments[0] != "check":
        checked = command("verify", "out")
        assert checked.exit_code == 0, checked.output
        assert lead_ids("out/inputs/leads.csv") == sorted(
            lead_ids("out/assignments.csv") + lead_ids("out/unassigned.csv")
        )
    return result


def lead_ids(path: str) -> list[str]:
    """Return the sorted ids of a table's leads, read without any of our code."""
    with open(path, encoding="utf-8", newline="") as file:
        return sorted(row["lead_id"] for row in csv.DictReader(file))
