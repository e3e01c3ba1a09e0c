"""What separates the parts of the reps' lists."""

from collections.abc import Mapping, Sequence

from crm.issues import listed
from crm.recognition.entry import Entry

_SEPARATORS = (";", "\n", ",")
NAMED = 3


def split_entries(columns: Mapping[str, Sequence[str]]) -> list[Entry]:
    """Return the key `split`, by column where they differ.

    Parameters
    ----------
    columns
        Our list column -> its distinct filled texts.
    """
    found = {name: _separator(texts) for name, texts in columns.items()}
    said = {name: sign for name, sign in found.items() if sign}
    if not said:
        return []
    samples = [t for name in said for t in columns[name] if said[name] in t]
    why = f"a guess: lists such as {listed(list(map(repr, samples)), NAMED)}"
    if len(set(said.values())) == 1 and len(said) == len(found):
        return [Entry("split", next(iter(said.values())), why)]
    return [Entry("split", dict(said), why)]


def _separator(texts: Sequence[str]) -> str:
    if any("|" in text for text in texts):
        return ""
    return next((s for s in _SEPARATORS if any(s in text for text in texts)), "")
