"""Figures as files of the kind that their names say."""

import io
from pathlib import Path

from matplotlib.figure import Figure

from reporting.charts import svg

SUFFIXES = (".png", ".svg")
_DOTS_PER_INCH = 150


def picture_of(figure: Figure, title: str, path: Path) -> bytes:
    """Return the content of a picture file.

    Parameters
    ----------
    figure
        What to show.
    title
        What it shows, for those who do not see it.
    path
        A name that ends in one of :data:`SUFFIXES`.
    """
    if path.suffix.lower() == ".svg":
        return svg(figure, title).encode()
    content = io.BytesIO()
    figure.savefig(content, format="png", dpi=_DOTS_PER_INCH)
    return content.getvalue()
