"""Long lists of ids in parts that one query takes."""

from collections.abc import Iterator, Sequence

MOST_AT_ONCE = 500
"""Ids that one query asks for."""


def parts(ids: Sequence[str]) -> Iterator[Sequence[str]]:
    """Yield the ids, some hundreds at once."""
    for first in range(0, len(ids), MOST_AT_ONCE):
        yield ids[first : first + MOST_AT_ONCE]
