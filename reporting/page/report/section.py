"""Parts of a page, each with a heading that the list of contents leads to."""

from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from reporting.page.environment import environment


@dataclass(frozen=True)
class PageSection:
    """A part of a page.

    Attributes
    ----------
    name, title
        What links call it; its heading.
    content
        What stands below the heading.
    """

    name: str
    title: str
    content: Markup


def section(name: str, title: str, **values: Any) -> PageSection:
    """Return a part of a page, made by the template of its name."""
    template = environment().get_template(f"{name}.html.j2")
    return PageSection(name, title, Markup(template.render(**values)))
