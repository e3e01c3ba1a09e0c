"""Figures as picture files, by the suffix of their names."""

import io
import warnings
from pathlib import Path

from matplotlib.figure import Figure

from reporting.plots.style import own_style

SUFFIXES = (".png", ".svg")
_DOTS_PER_INCH = 150


@own_style()
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


@own_style()
def svg(figure: Figure, title: str) -> str:
    """Return the figure as an ``<svg>`` element, the same bytes every time.

    Text stays text, so that it can be read aloud, found and copied.

    Parameters
    ----------
    figure
        The figure to write.
    title
        What the picture shows, for those who do not see it.
    """
    buffer = io.StringIO()
    metadata = {"Creator": None, "Date": None, "Format": None, "Type": None}
    with warnings.catch_warnings():
        # The reader's browser has glyphs that the font measured with lacks.
        warnings.filterwarnings("ignore", "(?s)Glyph .* missing", UserWarning)
        figure.savefig(buffer, format="svg", metadata={**metadata, "Title": title})
    drawn = buffer.getvalue()
    return drawn[drawn.index("<svg") :].replace("<svg", '<svg role="img"', 1)
