"""The terminal that a text is printed on, where it is one."""

import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from unicodedata import category, east_asian_width

NARROWEST = 8
"""Columns that a shortened cell keeps."""
Emphasis = Callable[[str], str]
"""Marks a text, so that the terminal shows it in another weight, as wide as before."""


@dataclass(frozen=True)
class Screen:
    """A terminal.

    Attributes
    ----------
    width
        Columns.
    strong, faint
        How headers and labels are marked, and what is beside the point.
    rule, ellipsis
        What lines are made of, and what ends a shortened text.
    """

    width: int
    strong: Emphasis = str
    faint: Emphasis = str
    rule: str = "-"
    ellipsis: str = "..."


def screen() -> Screen | None:
    """Return the terminal that stdout is, where a command prints on one."""
    found = getattr(sys.stdout, "screen", None)
    return found if isinstance(found, Screen) else None


def text_width(text: str) -> int:
    """Return how many columns of a terminal a text takes."""
    return len(text) if text.isascii() else sum(map(_columns, text))


def _columns(character: str) -> int:
    if category(character) in {"Mn", "Me", "Cf"}:
        return 0
    return 2 if east_asian_width(character) in "WF" else 1


def shortened(text: str, width: int, ellipsis: str) -> str:
    """Return the text in so many columns, its end marked where it was cut."""
    if text_width(text) <= width:
        return text
    kept, used = [], text_width(ellipsis)
    for character in text:
        used += _columns(character)
        if used > width:
            break
        kept.append(character)
    return "".join(kept) + ellipsis


def fitting(widths: Sequence[int], room: int) -> list[int]:
    """Return the widths, the widest made narrower until all together fit.

    The first is made narrower only where the others cannot make up for it. None gets
    narrower than `NARROWEST`, so that they may not fit.
    """
    first, *others = widths
    narrow = [first, *_narrowed(others, room - first)]
    return narrow if sum(narrow) <= room else _narrowed(widths, room)


def _narrowed(widths: Sequence[int], room: int) -> list[int]:
    narrow = list(widths)
    while (excess := sum(narrow) - room) > 0 and max(narrow) > NARROWEST:
        widest = max(narrow)
        places = [place for place, width in enumerate(narrow) if width == widest]
        next_lower = [width for width in narrow if width < widest]
        target = max([NARROWEST, *next_lower, widest - -(-excess // len(places))])
        for place in places:
            narrow[place] = target
    return narrow


def wrapped(text: str, width: int) -> list[str]:
    """Return the text in lines of so many columns, broken between words if it can."""
    lines, line = [], ""
    for word in text.split(" "):
        longer = f"{line} {word}" if line else word
        if text_width(longer) <= width:
            line = longer
            continue
        lines += [line] if line else []
        *full, line = _pieces(word, width)
        lines += full
    return [*lines, line]


def _pieces(word: str, width: int) -> list[str]:
    """Return a word in pieces that are no wider."""
    pieces = [""]
    for character in word:
        if text_width(pieces[-1] + character) > width:
            pieces.append("")
        pieces[-1] += character
    return pieces
