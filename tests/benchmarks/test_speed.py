"""The speed benchmark runs every engine, and fails where they disagree."""

import json
import subprocess
import sys

import click
import pytest

from benchmarks import speed

FIELDS = {
    "leads",
    "reps",
    "pairs",
    "engine",
    "seconds",
    "objective",
    "bound",
    "peak_mb",
}


def row(engine, seconds, objective):
    """Return a row as the benchmark measures it."""
    size = {"leads": 100_000, "reps": 500, "pairs": 1_200_000}
    found = {"objective": objective, "bound": objective}
    return {**size, **found, "engine": engine, "seconds": seconds, "peak_mb": 300.0}


@pytest.mark.slow
def test_every_engine_proves_the_same_optimum():
    """One row per engine, each with the same objective and its own bound."""
    size = ["--leads", "300", "--reps", "40", "--overlap", "0.5", "--json"]
    done = subprocess.run(
        [sys.executable, speed.__file__, *size], capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    printed = json.loads(done.stdout)
    rows = printed["results"]
    assert [row["engine"] for row in rows] == list(speed.SUITS)
    assert all(set(row) == FIELDS for row in [*rows, *printed["building"]])
    assert len({row["objective"] for row in rows}) == 1
    for row in rows:
        assert row["bound"] == pytest.approx(row["objective"], abs=1e-6)
        assert row["seconds"] > 0
        assert row["peak_mb"] > 10


def test_lines_compare_with_the_plain_flow():
    """Twice as fast is 2.00, and building has no objective to print."""
    flow, ours = row("flow", 2.0, 20_600.5), row("rightrep", 1.0, 20_600.5)
    assert speed.line(ours, [flow, ours]).split()[4:6] == ["1.000", "2.00"]
    build = row("build", 0.2, None)
    assert speed.line(build, [build]).split()[3:] == ["build", "0.200", "300"]


def test_different_optima_are_an_error():
    """An engine that finds less than another is named."""
    with pytest.raises(click.ClickException, match="'rightrep': 1"):
        speed.check_equal([row("flow", 1.0, 2.0), row("rightrep", 1.0, 1.0)])
