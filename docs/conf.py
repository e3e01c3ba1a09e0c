"""How the documentation becomes a site: `python -m sphinx -W -b html docs build/docs`.

Nothing is fetched while it is built, and nothing by the pages: no inventory of another
site, no font, no script; formulas are MathML.
"""

import sys
from importlib.metadata import version as version_of
from pathlib import Path

from pygments.lexers import BashLexer, TextLexer
from sphinx.application import Sphinx

sys.path.insert(0, str(Path(__file__).parent / "_ext"))

project = "rightrep"
author = "The rightrep founders"
project_copyright = "The rightrep founders. Apache-2.0"
release = version = version_of("rightrep")

extensions = [
    "sphinx.ext.autodoc",
    "sphinx.ext.autosummary",
    "numpydoc",
    "myst_nb",
    "sphinx_click",
    "mathml",
    "api_names",
    "notebooks",
    "outer_links",
    "scenario_reference",
]
exclude_patterns = ["_ext"]
nitpicky = True
smartquotes = False

myst_enable_extensions = ["colon_fence", "deflist", "dollarmath"]
myst_heading_anchors = 4
nb_execution_mode = "force"
nb_execution_timeout = 300
nb_execution_raise_on_error = True
nb_output_stderr = "error"

autosummary_generate = False
autodoc_typehints = "none"
autodoc_member_order = "bysource"
numpydoc_show_class_members = False
numpydoc_xref_param_type = False
numpydoc_validation_checks = {"GL06", "GL07", "PR02", "PR10"}
"""Unknown sections and parameters, or sections in another order."""

html_theme = "furo"
html_title = "rightrep"
html_static_path = ["_static"]
html_css_files = ["rightrep.css"]
html_copy_source = False
html_show_sourcelink = False
html_math_renderer = "mathml"
highlight_language = "none"
pygments_style = "default"

UNNAMED = ".. option:: "


def setup(app: Sphinx) -> None:
    """Name what pages are written in; leave out arguments that have no name."""
    app.add_lexer("cron", BashLexer)
    app.add_lexer("csv", TextLexer)
    app.connect("sphinx-click-process-arguments", drop_unnamed)
    app.connect("sphinx-click-process-options", escape_stars)


def escape_stars(_app: Sphinx, _context: object, lines: list[str]) -> None:
    """Keep the stars of a help text, which are no emphasis."""
    lines[:] = [line.replace("*", r"\*") for line in lines]


def drop_unnamed(_app: Sphinx, _context: object, lines: list[str]) -> None:
    """Leave out further values of an option, an argument for click alone."""
    while UNNAMED in lines:
        place = lines.index(UNNAMED)
        del lines[place : place + 4]
