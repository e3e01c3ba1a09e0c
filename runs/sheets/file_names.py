"""Names of files that any file system takes, whatever an id is."""

import re
from collections.abc import Iterable
from unicodedata import normalize

LONGEST = 60
_UNSAFE = re.compile(r"[^A-Za-z0-9_-]+")


def file_names(ids: Iterable[str], prefix: str, suffix: str) -> dict[str, str]:
    """Return id -> a file name of its own, also where case does not count.

    Letters are those of ASCII, nothing else but digits, ``_`` and ``-``; no name is
    longer than a file system takes, is hidden, or leads out of its folder.

    Parameters
    ----------
    ids
        Unique texts; they keep their names in any order that begins the same.
    prefix, suffix
        Around what is left of the id: ``sheet-`` and ``.html``.
    """
    names: dict[str, str] = {}
    taken: set[str] = set()
    for text in ids:
        stem = _stem(text) or "rep"
        name, number = f"{prefix}{stem}{suffix}", 1
        while name.lower() in taken:
            number += 1
            name = f"{prefix}{stem}.{number}{suffix}"
        taken.add(name.lower())
        names[text] = name
    return names


def _stem(text: str) -> str:
    plain = normalize("NFKD", text).encode("ascii", "ignore").decode()
    return _UNSAFE.sub("_", plain).strip("_")[:LONGEST]
