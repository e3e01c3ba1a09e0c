"""What changed since the last run of the scenario."""

from reporting.page.report.section import PageSection, section
from reporting.text.run.changes import Changes, change_rows, change_sentences


def changes_section(changes: Changes) -> PageSection:
    """Return what changed in sentences, and the figures of both runs."""
    return section(
        "changes",
        f"Since the last run, {changes.day:%d %B %Y}",
        sentences=list(change_sentences(changes)),
        rows=change_rows(changes),
        day=f"{changes.day:%d %B}",
    )
