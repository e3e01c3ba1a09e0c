"""The notebooks of examples/ run from top to bottom, and keep no outputs."""

from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

from evaluation import EXPECTED, TRUTH

NOTEBOOKS = sorted((Path(__file__).parents[1] / "examples").glob("*.ipynb"))


def outputs_of(notebook):
    return [output for cell in notebook.cells for output in cell.get("outputs", [])]


@pytest.mark.slow
@pytest.mark.filterwarnings("default")
@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_runs(path, tmp_path):
    """Without a warning; it draws, and tells what is expected from what is true."""
    notebook = nbformat.read(path, as_version=4)
    metadata = {"metadata": {"path": str(tmp_path)}}
    NotebookClient(notebook, timeout=300, resources=metadata).execute()
    outputs = outputs_of(notebook)
    assert [output for output in outputs if output.get("name") == "stderr"] == []
    assert sum("image/png" in output.get("data", {}) for output in outputs) == 2
    text = nbformat.writes(nbformat.v4.new_notebook(cells=notebook.cells))
    assert EXPECTED in text and TRUTH in text


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_keeps_no_outputs(path):
    """They would grow old; the site executes notebooks when it is built."""
    notebook = nbformat.read(path, as_version=4)
    nbformat.validate(notebook)
    assert len(notebook.cells) > 5 and outputs_of(notebook) == []
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    assert all(cell.execution_count is None for cell in code)
