"""Formulas as MathML, which browsers draw themselves, without script or network."""

from functools import reduce

from docutils import nodes
from latex2mathml.converter import convert
from sphinx.application import Sphinx
from sphinx.writers.html5 import HTML5Translator

OWN = {
    "{aligned}": "{align*}",
    r"\setminus": r"\smallsetminus",
    r"\_": "_",
}
"""What the converter does not know, or draws as another sign -> what it knows."""


def mathml(node: nodes.Element, display: str) -> str:
    """Return a formula as MathML, shown ``inline`` or as a ``block``."""
    latex = reduce(lambda text, words: text.replace(*words), OWN.items(), node.astext())
    return convert(latex, display=display)


def write_inline(writer: HTML5Translator, node: nodes.math) -> None:
    """Write a formula within a line."""
    writer.body.append(mathml(node, "inline"))
    raise nodes.SkipNode


def write_displayed(writer: HTML5Translator, node: nodes.math_block) -> None:
    """Write a formula on lines of its own, which scrolls where it is too wide."""
    writer.body.append(f'<div class="formula">{mathml(node, "block")}</div>')
    raise nodes.SkipNode


def setup(app: Sphinx) -> dict[str, bool]:
    """Offer the renderer to the configuration."""
    app.add_html_math_renderer("mathml", (write_inline, None), (write_displayed, None))
    return {"parallel_read_safe": True, "parallel_write_safe": True}
