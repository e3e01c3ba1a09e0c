"""The notebooks of examples/ are pages: copied into the sources before a build."""

from pathlib import Path

from sphinx.application import Sphinx

EXAMPLES = Path(__file__).parents[2] / "examples"


def copy_notebooks(app: Sphinx) -> None:
    """Copy each notebook, with links as seen from there, if it has changed."""
    folder = Path(app.srcdir) / "examples"
    folder.mkdir(exist_ok=True)
    for notebook in EXAMPLES.glob("*.ipynb"):
        text = notebook.read_text(encoding="utf-8").replace("](../docs/", "](../")
        copy = folder / notebook.name
        if not copy.exists() or copy.read_text(encoding="utf-8") != text:
            copy.write_text(text, encoding="utf-8")


def setup(app: Sphinx) -> dict[str, bool]:
    """Copy when the build begins."""
    app.connect("builder-inited", copy_notebooks)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
