"""The benchmark of the daily run measures it whole, and in stages."""

import json

import pytest
from click.testing import CliRunner

from benchmarks.daily_run import main


@pytest.mark.slow
def test_a_small_day():
    """The whole is there, and every stage."""
    options = "--leads 60 --reps 10 --history 600 --repeats 1 --json"
    result = CliRunner().invoke(main, options.split())
    assert result.exit_code == 0, result.output
    row = json.loads(result.stdout)
    stages = {"imports", "reading", "scoring", "building", "solving", "report"}
    assert {"processor seconds", "times libraries", *stages} <= row.keys()
