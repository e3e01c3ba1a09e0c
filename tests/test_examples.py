"""The examples run as they are, in an empty folder."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from evaluation import EXPECTED, MEASURED, TRUTH

FOLDER = Path(__file__).parents[1] / "examples"
EXAMPLES, NOTEBOOKS = sorted(FOLDER.glob("*.py")), sorted(FOLDER.glob("*.ipynb"))


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
    for label in (EXPECTED, MEASURED, TRUTH):
        assert label in done.stdout
    assert [path.name for path in tmp_path.glob("*.png")] == [f"{example.stem}.png"]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_keeps_no_outputs(path):
    """They would grow old: the site executes notebooks when it is built."""
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    code = [cell for cell in cells if cell["cell_type"] == "code"]
    assert len(code) > 5
    assert all(cell["outputs"] == [] for cell in code)
    assert all(cell["execution_count"] is None for cell in code)


def test_the_readme_shows_how_the_quickstart_begins():
    """Line by line, but for the last one, which a notebook shows."""
    readme = (EXAMPLES[0].parents[1] / "README.md").read_text()
    [shown] = re.findall(r"```python\n(import rightrep.*?)```", readme, re.DOTALL)
    assert shown.rpartition("result.status")[0] in EXAMPLES[0].read_text()


def test_the_quickstart_is_short_and_needs_one_import():
    """At most fifteen lines, from the import of rightrep on."""
    code = (EXAMPLES[0].parent / "quickstart.py").read_text()
    lines = [line for line in code.split('"""')[2].splitlines() if line]
    assert [line for line in lines if "import" in line] == ["import rightrep as rr"]
    assert len(lines) <= 15
