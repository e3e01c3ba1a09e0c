"""The benchmark of the page measures the page."""

import json

import pytest
from click.testing import CliRunner

from benchmarks.report import main


@pytest.mark.slow
def test_a_small_page_is_within_its_aims() -> None:
    """Size and times are there; without a browser the time to open it is missing."""
    result = CliRunner().invoke(
        main, ["--leads", "100", "--reps", "20", "--territories", "4", "--json"]
    )
    (row,) = json.loads(result.stdout)
    assert 0.05 < row["megabytes"] < 1 and row["render_seconds"] > 0
    assert {"open_seconds", "open_cpu_seconds"} <= row.keys()
