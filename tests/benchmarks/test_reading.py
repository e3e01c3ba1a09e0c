"""The benchmark of reading times every way on the same history."""

import json
import subprocess
import sys

import pytest

from benchmarks import reading


@pytest.mark.slow
def test_every_way_reads_all_rows():
    """One row per way, and how it compares with plain pandas."""
    call = [sys.executable, reading.__file__, "--rows", "50", "--json"]
    done = subprocess.run(call, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    rows = json.loads(done.stdout)
    assert [row["way"] for row in rows] == list(reading.WAYS)
    assert {row["rows"] for row in rows} == {50}
    assert rows[0]["x_pandas"] == 1
