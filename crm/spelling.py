"""Entries that differ from others in spelling only, and those that look like more."""

import re
import unicodedata
from collections.abc import Collection, Iterator
from difflib import get_close_matches
from functools import lru_cache

from crm.schema import INSIDE

LIKENESS = 0.8
"""From which a name may be another one mistyped."""
MOST_NAMES = 1000
"""Names among which mistyped ones are looked for."""
KNOWN_TEXTS = 8192
"""Texts that need not be folded again: headers are compared with many names."""
SHORTEST = 4
"""Letters of a name that may be mistyped."""
_SHORT_ID, _LONG_ID = 15, 18
_STROKED = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "æ": "ae", "œ": "oe"})
"""Letters with a mark that does not come off as an accent does."""
_ZEROS = re.compile(r"(?<![0-9])0+(?=[0-9])")
_SEVERAL = re.compile(r"[^;,/\n\t]+[;,/\n\t].*[^;,/\n\t ]")
_RANGE = re.compile(r"[0-9]{2,} *(?:-|\u2013|\.\.|to) *[0-9]{2,}")


def without_accents(text: str) -> str:
    """Return a text in lower case, its letters without marks."""
    letters = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(one for one in letters if not unicodedata.combining(one))
    return bare.translate(_STROKED)


@lru_cache(maxsize=KNOWN_TEXTS)
def folded(text: str) -> str:
    """Return a text without case, accents, signs, space, and zeros before a number."""
    plain = _ZEROS.sub("", without_accents(text))
    return "".join(filter(str.isalnum, plain)) or text


def oddity(entry: str) -> str:
    """Return what an entry looks like that is none; "" where it looks like one."""
    if "*" in entry and entry != "*":
        return "looks like a pattern, which is not read as one"
    if _RANGE.fullmatch(entry):
        return "looks like a range, which is not read as one"
    if _SEVERAL.fullmatch(entry):
        return "looks like several; `split` says what separates them"
    return ""


class Spellings:
    """Entries, to be found by other spellings.

    Parameters
    ----------
    entries
        The entries.
    are_names
        Whether letters may be mistyped; in ids, each of them tells one from another.
    """

    def __init__(self, entries: Collection[str], *, are_names: bool) -> None:
        self._by_fold: dict[str, list[str]] = {}
        for entry in entries:
            for key in dict.fromkeys(_keys(entry)):
                self._by_fold.setdefault(key, []).append(entry)
        self._names = {}
        if are_names and len(entries) <= MOST_NAMES:
            self._names = {entry.casefold(): entry for entry in entries}

    def near(self, entry: str) -> str:
        """Return another entry that may be meant by this one, "" where none is near."""
        for key in _wanted(entry):
            for other in self._by_fold.get(key, ()):
                if other != entry:
                    return other
        if len(entry) < SHORTEST or re.search("[0-9]", entry):
            return ""
        others = [name for name in self._names if self._names[name] != entry]
        close = get_close_matches(entry.casefold(), others, 1, LIKENESS)
        return self._names[close[0]] if close else ""


def _keys(entry: str) -> Iterator[str]:
    """Yield under what an entry is found: itself, its short id, its innermost name."""
    yield folded(entry)
    if len(entry) == _LONG_ID and entry.isalnum():
        yield folded(entry[:_SHORT_ID])
    if INSIDE in entry:
        yield folded(entry.rpartition(INSIDE)[2])


def _wanted(entry: str) -> Iterator[str]:
    """Yield what to look for: the entry, its short id, all around it, its names."""
    yield folded(entry)
    if len(entry) == _LONG_ID and entry.isalnum():
        yield folded(entry[:_SHORT_ID])
    if INSIDE in entry:
        parts = entry.split(INSIDE)
        for depth in range(len(parts) - 1, 0, -1):
            yield folded(INSIDE.join(parts[:depth]))
        yield from map(folded, reversed(parts))
