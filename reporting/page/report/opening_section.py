"""The paragraph that a page begins with."""

from reporting.page.report.section import PageSection, section
from reporting.text.run.opening import Opening


def opening_section(opening: Opening) -> PageSection:
    """Return what was decided, what is unusual, and what to do, in one paragraph."""
    return section("opening", "In short", opening=opening)
