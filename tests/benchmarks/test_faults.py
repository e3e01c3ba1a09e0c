"""The short form of the faults: some kills, some starts at once, some full disks."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SHORT = ["--kills", "8", "--starts", "1", "--processes", "4", "--limits", "3", "--json"]


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="needs SIGKILL")
@pytest.mark.parametrize("database", ["sqlite", "postgresql"])
def test_no_fault_leaves_a_trace(database, request):
    if database == "postgresql":
        request.getfixturevalue("postgres")
    command = [
        sys.executable,
        "-m",
        "benchmarks.faults",
        *SHORT,
        "--database",
        database,
    ]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    rows = {row["what"]: row for row in json.loads(done.stdout)}
    assert rows["kills"]["times"] == 8
    assert all(row["faults"] == 0 for row in rows.values())
