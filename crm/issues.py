"""Issues: a problem, its place in a file, and what was expected there."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from itertools import islice
from typing import ClassVar, Literal

from crm.characters import one_line
from crm.database_url import without_credentials

Severity = Literal["error", "warning"]

#: Issues of one kind that are listed before the rest are counted.
LISTED = 20


@dataclass(frozen=True)
class Excerpt:
    """A line of a text file, and the part of it that is meant.

    Attributes
    ----------
    text
        The line as the file has it.
    character
        Where the part begins, counted from 1.
    width
        Characters of the part.
    """

    text: str
    character: int
    width: int = 1

    def __post_init__(self) -> None:
        """Let no message hold what a URL says of user and password."""
        object.__setattr__(self, "text", without_credentials(self.text))


@dataclass(frozen=True)
class Issue:
    """One problem in one place.

    Attributes
    ----------
    file
        The file the problem is in, as the user wrote it.
    expected
        What was expected there, and how to correct it.
    row
        Row in the file as a spreadsheet numbers it: the header is row 1.
    column
        Column of the table.
    value
        The offending text.
    severity
        An error stops the run, a warning does not.
    excerpt
        The line it stands in, where the file is one that people write.
    keys
        The keys of the scenario that name the column, where it is that which is wrong.
    mended_by
        Keys of the source with which the file can be read -> what they have to say.
    """

    place: ClassVar[tuple[str, str]] = ("row", "column")
    """The words for row and column in messages."""

    file: str
    expected: str
    row: int | None = None
    column: str | None = None
    value: str | None = None
    severity: Severity = "error"
    excerpt: Excerpt | None = None
    keys: tuple[str, ...] = ()
    mended_by: Mapping[str, str | int] = field(default_factory=dict, hash=False)

    def __post_init__(self) -> None:
        """Let no message hold what a URL says of user and password."""
        for name in ("file", "expected", "value"):
            text = getattr(self, name)
            if text and "://" in text:
                object.__setattr__(self, name, without_credentials(text))

    def __str__(self) -> str:
        return self._told("" if self.row is None else str(self.row))

    @property
    def in_one_line(self) -> str:
        """The issue with its place, to the character where that is known."""
        if self.excerpt is None:
            return str(self)
        return self._told(f"{self.row}:{self.excerpt.character}")

    def _told(self, row: str) -> str:
        where = [one_line(self.file)]
        for word, place in zip(self.place, (row, self.column or ""), strict=True):
            if place:
                where.append(f"{word} {one_line(place)}")
        value = "" if self.value is None else f"{shorten(self.value)!r}: "
        return f"{', '.join(where)}: {value}{one_line(self.expected)}"


class DataError(ValueError):
    """The tables cannot be used; carries every issue found, not only the first."""

    def __init__(self, issues: Iterable[Issue]) -> None:
        self.issues = tuple(issues)
        super().__init__("\n".join(str(issue) for issue in self.issues))


def issues_at(
    file: str,
    expected: str,
    rows: Sequence[int],
    values: Sequence[str],
    column: str | None = None,
    severity: Severity = "error",
) -> list[Issue]:
    """Return one issue per row: the first twenty, then one that counts the rest."""
    listed = [
        Issue(file, expected, row, column, value, severity)
        for row, value in zip(rows[:LISTED], values[:LISTED], strict=True)
    ]
    return capped(listed, len(rows))


def capped(issues: Sequence[Issue], n_issues: int, most: int = LISTED) -> list[Issue]:
    """Return the first issues, and one that counts the rest of `n_issues`."""
    listed = list(issues[:most])
    if n_issues > most:
        rest = f"... and {n_issues - most} more like it"
        listed.append(replace(issues[0], expected=rest, row=None, value=None))
    return listed


def suggestion(name: str, names: Iterable[str], likeness: float = 0.6) -> str:
    """Return ``; did you mean 'nearest'?``, or ``""`` where no name is similar."""
    by_lower = {candidate.lower(): candidate for candidate in names}
    near = get_close_matches(name.lower(), by_lower, n=1, cutoff=likeness)
    return f"; did you mean {by_lower[near[0]]!r}?" if near else ""


def listed(names: Collection[str], most: int) -> str:
    """Return the first names, and how many more there are."""
    shown = ", ".join(islice(names, most))
    more = len(names) - most
    return f"{shown} and {more} more" if more > 0 else shown


def shorten(text: str, width: int = 60) -> str:
    """Return the text, cut to `width` characters where it is longer."""
    return text if len(text) <= width else text[: width - 3] + "..."
