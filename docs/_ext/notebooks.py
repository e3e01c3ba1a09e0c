"""The notebooks of examples/ are pages: copied into the sources before a build."""

import shutil
from pathlib import Path

from sphinx.application import Sphinx

EXAMPLES = Path(__file__).parents[2] / "examples"


def copy_notebooks(app: Sphinx) -> None:
    """Copy each notebook to where the index names it, if it is not the same there."""
    folder = Path(app.srcdir) / "examples"
    folder.mkdir(exist_ok=True)
    for notebook in EXAMPLES.glob("*.ipynb"):
        copy = folder / notebook.name
        if not copy.exists() or copy.read_bytes() != notebook.read_bytes():
            shutil.copyfile(notebook, copy)


def setup(app: Sphinx) -> dict[str, bool]:
    """Copy when the build begins."""
    app.connect("builder-inited", copy_notebooks)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
