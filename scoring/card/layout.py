"""Lines of text: labelled rows, wrapped under themselves, and small tables."""

from collections.abc import Sequence
from textwrap import wrap

WIDTH = 88
INDENT = "  "
LABEL_WIDTH = 18
MAX_LINES = 5
MAX_LISTED = 12


def paragraph(text: str) -> list[str]:
    """Return the text in lines of the page's width."""
    return wrap(text, WIDTH, subsequent_indent=INDENT, break_long_words=False)


def row(label: str, content: str) -> list[str]:
    """Return a label and its content, wrapped under itself."""
    room = WIDTH - len(INDENT) - LABEL_WIDTH
    first, *more = wrap(content, room, max_lines=MAX_LINES, placeholder=" ...") or [""]
    under = INDENT + " " * LABEL_WIDTH
    labelled = f"{INDENT}{label:<{LABEL_WIDTH}}{first}".rstrip()
    return [labelled, *(under + line for line in more)]


def columns(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    """Return a table: labels to the left, all else to the right under its heading."""
    widths = [max(map(len, column)) for column in zip(headings, *rows, strict=True)]
    widths[0] = max(widths[0], LABEL_WIDTH - len(INDENT))
    return [
        INDENT
        + INDENT.join(
            cell.rjust(width) if place else cell.ljust(width)
            for place, (cell, width) in enumerate(zip(line, widths, strict=True))
        ).rstrip()
        for line in (headings, *rows)
    ]


def listed(items: Sequence[str]) -> str:
    """Return the first items, and how many more there are."""
    shown = ", ".join(items[:MAX_LISTED]) or "none"
    more = len(items) - MAX_LISTED
    return f"{shown}, and {more} more" if more > 0 else shown
