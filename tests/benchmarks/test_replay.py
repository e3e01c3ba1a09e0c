"""The benchmark of replays runs the command, and counts what it took."""

import json

import pytest
from click.testing import CliRunner

from benchmarks.replay import main


@pytest.mark.slow
def test_it_measures_both_variants_of_every_day():
    size = ["--days", "3", "--leads", "60", "--reps", "8"]
    done = CliRunner().invoke(main, [*size, "--json"])
    assert done.exit_code == 0, done.output
    row = json.loads(done.stdout)
    assert (row["days"], row["variants"], row["not_proven"]) == (3, 2, 0)
    assert row["leads"] > 100 and row["cpu_seconds"] > 0
