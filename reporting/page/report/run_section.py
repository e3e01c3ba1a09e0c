"""How the run was made: its figures, caveats, and what it was made from."""

from collections.abc import Sequence

from reporting.page.report.section import PageSection, section

Pairs = Sequence[tuple[str, str]]


def notes_section(notes: Sequence[str]) -> PageSection:
    """Return warnings and caveats, a sentence each."""
    return section("notes", "Notes and warnings", notes=notes)


def summary_section(summary: Pairs) -> PageSection:
    """Return the run in figures, as the terminal shows it."""
    return section("summary", "The run in figures", lines=summary)


def origin_section(origin: Pairs) -> PageSection:
    """Return from what the run was made, as its manifest has it."""
    return section("origin", "Made from", lines=origin)
