"""The benchmark of what-if on a small company: all holds, and it is quicker."""

import json

import pytest
from click.testing import CliRunner

from benchmarks.whatif import N_VARIANTS, main


@pytest.mark.slow
def test_a_small_sweep_beats_as_many_runs():
    size = ["--leads", "60", "--reps", "12", "--history", "800", "--json"]
    done = CliRunner().invoke(main, size)
    assert done.exit_code == 0, done.output
    row = json.loads(done.output)
    assert row["variants"] == N_VARIANTS
    assert row["all optimal"] and row["first is the run"] and row["reached"]
    assert row["ratio"] > 2
