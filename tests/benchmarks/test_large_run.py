"""The benchmark of a large day measures it whole, in stages, and its memory."""

import json

import pytest
from click.testing import CliRunner

from benchmarks.large_company import LargeCompany
from benchmarks.large_run import main
from runs.partitioned.partitions import LARGE


def test_a_company_is_written_once_for_a_seed(tmp_path):
    """Its leads lie in a folder, and the same seed writes the same bytes."""
    for name in ("one", "other"):
        LargeCompany(60, 10, 40, seed=3).write(tmp_path / name)
    one, other = (
        [p.read_bytes() for p in sorted((tmp_path / name).rglob("*")) if p.is_file()]
        for name in ("one", "other")
    )
    assert one == other


@pytest.mark.slow
def test_the_least_day_in_partitions():
    """The whole is there, every stage, and what it is held against."""
    pytest.importorskip("numba")
    options = f"--leads {LARGE} --reps 50 --history 5000 --json"
    result = CliRunner().invoke(main, options.split())
    assert result.exit_code == 0, result.output
    row = json.loads(result.stdout)
    stages = {"scored", "built", "solved", "assigned", "all else"}
    assert {"processor seconds", "peak_mb", *stages} <= row.keys()
    assert row["status"] == "optimal"
