"""The examples run as they are, in an empty folder."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from evaluation import EXPECTED, MEASURED, TRUE

EXAMPLES = sorted((Path(__file__).parents[1] / "examples").glob("*.py"))


@pytest.mark.slow
@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: path.stem)
def test_an_example_runs(example, tmp_path):
    """Every figure it prints stands under the label of what it is."""
    done = subprocess.run(
        [sys.executable, "-W", "error", str(example)],
        capture_output=True,
        cwd=tmp_path,
        env=os.environ | {"MPLBACKEND": "Agg"},
        text=True,
    )
    assert done.returncode == 0, done.stderr
    for label in (EXPECTED, MEASURED, TRUE):
        assert label in done.stdout
    assert [path.name for path in tmp_path.glob("*.png")] == [f"{example.stem}.png"]


def test_a_notebook_needs_few_lines():
    """The quickstart is at most fifteen statements besides its imports."""
    lines = EXAMPLES[0].read_text().splitlines()
    code = [line for line in lines if line and not line.startswith(("from", "import"))]
    assert len(code[1:]) <= 15
