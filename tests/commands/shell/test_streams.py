"""Nothing of tables, scenarios or names is obeyed by a terminal."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

import cli

ODD = "\x1b[31m\x1b]0;PWN\x07\u202e"
START = (sys.executable, "-m", "rightrep")


@pytest.fixture
def folder(company, nothing_twice, monkeypatch) -> Path:
    """Return a copy of the small company, as the current folder."""
    monkeypatch.chdir(company)
    return company


def started(*arguments: str, **options):
    return subprocess.run(
        [*START, *arguments], stderr=subprocess.PIPE, text=True, **options
    )


@pytest.mark.parametrize(
    "arguments",
    [
        ("check", f"{ODD}.yaml"),
        ("run", "daily.yaml", f"--{ODD}"),
        (ODD,),
        ("explain", "run", ODD),
        ("verify", f"run{ODD}"),
        ("score", "daily.yaml", "--out", f"{ODD}/x.csv"),
        ("compare", "daily.yaml", "--policy", ODD),
        ("simulate", "--set", f"{ODD}=1"),
        ("--plugin", f"{ODD}.py", "schema"),
    ],
)
def test_what_was_typed_is_shown(folder, arguments):
    """A file or an option with escapes in its name is named without effect."""
    result = CliRunner().invoke(cli.main, list(arguments))
    assert result.exit_code in {2, 3}
    assert "PWN" in result.output
    assert not {"\x1b", "\x07", "\u202e", "\r"} & set(result.output)


@pytest.mark.slow
@pytest.mark.parametrize("column", ["name", "team", "territories"])
def test_what_tables_hold_is_shown(folder, column):
    """Names and teams of reps neither colour the terminal nor break lines."""
    reps = Path("reps.csv").read_text().splitlines()
    place = reps[0].split(",").index(column)
    cells = reps[1].split(",")
    cells[place] = f'"{ODD}\n{cells[place]}"'
    Path("reps.csv").write_text("\n".join([reps[0], ",".join(cells), *reps[2:]]))
    for arguments in (
        ("check", "daily.yaml"),
        ("run", "daily.yaml", "--model", "daily.model", "--out", "out"),
        ("fairness", "out"),
    ):
        result = CliRunner().invoke(cli.main, arguments)
        assert result.exit_code == 0, result.output
        assert not {"\x1b", "\x07", "\u202e", "\r"} & set(result.output)
    page = Path("out/report.html").read_text()
    assert not {"\x1b", "\x07", "\u202e"} & set(page)


@pytest.mark.slow
def test_a_terminal_that_speaks_ascii_only(folder):
    """Names are escaped, and the guard stays in place."""
    environment = os.environ | {"PYTHONIOENCODING": "ascii", "LC_ALL": "C"}
    done = started(
        *("check", f"é{ODD}.yaml"), env=environment, stdout=subprocess.DEVNULL
    )
    assert done.returncode == 3
    assert "\\xe9" in done.stderr
    assert "\x1b" not in done.stderr


def test_json_is_as_it_was(folder):
    """Readers of JSON get the characters themselves, as JSON writes them."""
    result = CliRunner().invoke(cli.main, ["check", f"{ODD}.yaml", "--json"])
    assert ODD in json.loads(result.stdout)["issues"][0]["file"]


@pytest.mark.slow
@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="needs /dev/full")
@pytest.mark.parametrize("arguments", [("check", "daily.yaml"), ("--help",)])
def test_a_full_stdout(folder, arguments):
    """One line names it, exit code 1."""
    with open("/dev/full", "w") as full:
        done = started(*arguments, stdout=full)
    assert done.returncode == 1
    assert done.stderr.splitlines()[-1].startswith("error: standard output: ")
    assert "Traceback" not in done.stderr


@pytest.mark.slow
@pytest.mark.parametrize("closed", ["1", "2", "1 2", "0 1 2"])
def test_closed_streams(folder, closed):
    """The command does its work, and no file of its own becomes stdout or stderr."""
    shut = " ".join(f"{number}>&-" for number in closed.split())
    command = f'"{sys.executable}" -m rightrep init new {shut}'
    assert subprocess.run(command, shell=True, check=False).returncode == 0
    assert Path("new/daily.yaml").read_text().startswith("# ")


@pytest.mark.slow
def test_a_reader_that_goes_away(folder):
    """As head does; the exit code is that of the command."""
    with subprocess.Popen(
        [*START, "schema"], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout and process.stderr
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == 0
