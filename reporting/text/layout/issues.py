"""Issues as text with their lines, as one line each, as JSON, and for GitHub."""

import json
import os
import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any
from unicodedata import combining, east_asian_width

from crm import TABLES, Excerpt, Issue, one_line, visible

WIDEST = 100
"""Columns of a line that are shown."""
_BEFORE = 40
"""Columns that are shown before the part that is meant, in a longer line."""
_SECRET = re.compile(r"(?<=://)[^/@\s${}]*:[^/@\s${}]+(?=@)")
_TABLE = re.compile(rf" \(({'|'.join(TABLES)})\)$")
"""Names the table, after a file that holds several."""
_BY_LINE = (".csv", ".tsv", ".txt", ".yaml", ".yml")
"""Endings of files in which an annotation can name a line."""


def issues_text(
    issues: Sequence[Issue], style: str = "full", folder: Path | None = None
) -> str:
    """Return issues as text, empty where there are none.

    Parameters
    ----------
    style
        ``full`` shows the line of a scenario, ``concise`` has a line each, ``json`` is
        one object, ``github`` annotates a workflow.
    folder
        The folder of the tables, whose names issues have.
    """
    if not issues:
        return ""
    if style == "json":
        return json.dumps({"issues": issue_rows(issues)}, indent=2)
    if style == "github":
        return "\n".join(annotation(issue, folder) for issue in issues)
    told = [f"{issue.severity}: {_placed(issue, style)}" for issue in issues]
    return "\n".join(told)


def issue_rows(issues: Iterable[Issue]) -> list[dict[str, Any]]:
    """Return issues as records of JSON.

    ``character`` is where in the line of a scenario it begins, ``line`` that line.
    """
    return [
        {
            "file": issue.file,
            "expected": issue.expected,
            "row": issue.row,
            "column": issue.column,
            "value": issue.value,
            "severity": issue.severity,
            "character": issue.excerpt.character if issue.excerpt else None,
            "line": without_secrets(issue.excerpt.text) if issue.excerpt else None,
        }
        for issue in issues
    ]


def _placed(issue: Issue, style: str) -> str:
    if issue.excerpt is None or style != "full":
        return issue.in_one_line
    return f"{issue}\n{excerpt_text(issue.excerpt, issue.row or 1, issue.file)}"


def excerpt_text(excerpt: Excerpt, line: int, file: str) -> str:
    """Return the line with its place above, and carets under the part that is meant."""
    shown, before, part = _window(excerpt)
    gutter = " " * len(str(line))
    place = f"{one_line(file)}:{line}:{excerpt.character}"
    pad = "".join("\t" if sign == "\t" else " " * _columns(sign) for sign in before)
    carets = "^" * max(sum(map(_columns, part)), 1)
    rows = [
        f"{gutter}--> {place}",
        f"{gutter} |",
        f"{line} | {shown}",
        f"{gutter} | {pad}{carets}",
    ]
    return "\n".join(rows)


def _window(excerpt: Excerpt) -> tuple[str, str, str]:
    """Return what fits of a line, what of it stands before the part, and the part."""
    text, start = without_secrets(excerpt.text), excerpt.character - 1
    end = min(start + excerpt.width, len(text))
    first = 0 if len(text) <= WIDEST else max(start - _BEFORE, 0)
    last = min(first + WIDEST, len(text))
    before, part = visible(text[first:start]), visible(text[start : min(end, last)])
    head, tail = "... " * (first > 0), " ..." * (last < len(text))
    after = visible(text[min(end, last) : last])
    return f"{head}{before}{part}{after}{tail}", f"{head}{before}", part


def _columns(sign: str) -> int:
    """Return how many columns of a terminal a character takes."""
    if combining(sign):
        return 0
    return 2 if east_asian_width(sign) in "WF" else 1


def without_secrets(text: str) -> str:
    """Return the text with the user and password of an address as stars."""
    return _SECRET.sub(lambda secret: "*" * len(secret[0]), text)


def annotation(issue: Issue, folder: Path | None = None) -> str:
    """Return a workflow command of GitHub that shows the issue at its line."""
    properties = {"file": _path(issue.file, folder)}
    if issue.row is not None and properties["file"].endswith(_BY_LINE):
        properties["line"] = str(issue.row)
    if issue.excerpt is not None:
        properties["col"] = str(issue.excerpt.character)
        properties["endColumn"] = str(issue.excerpt.character + issue.excerpt.width)
    where = ",".join(f"{key}={_property(text)}" for key, text in properties.items())
    return f"::{issue.severity} {where}::{_message(str(issue))}"


def _path(file: str, folder: Path | None) -> str:
    """Return where a file lies, as far as the folder of the tables tells."""
    plain = _TABLE.sub("", file)
    path = folder / plain if folder is not None else Path(plain)
    return path.as_posix() if os.path.isfile(path) else plain


def _message(text: str) -> str:
    escaped = text.replace("%", "%25").replace("\r", "%0D")
    return escaped.replace("\n", "%0A")


def _property(text: str) -> str:
    return _message(text).replace(":", "%3A").replace(",", "%2C")
