"""Errors of scenarios: file, line, key, value, and how to mend it."""

from typing import ClassVar

from crm import DataError, Excerpt, Issue


class ScenarioIssue(Issue):
    """One problem in a scenario file: its row is a line, its column a key."""

    place: ClassVar[tuple[str, str]] = ("line", "key")


class ScenarioError(DataError):
    """The scenario cannot be used; carries every issue found."""


def fault(
    file: str,
    line: int | None,
    expected: str,
    key: str | None = None,
    excerpt: Excerpt | None = None,
) -> ScenarioError:
    """Return the error for one fault in one place."""
    return ScenarioError([ScenarioIssue(file, expected, line, key, excerpt=excerpt)])
