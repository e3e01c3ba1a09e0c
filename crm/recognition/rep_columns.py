"""Which column names the rep, and by which columns of the reps it finds one."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from crm.issues import listed
from crm.past_owners import is_placeholder
from crm.reading.rep_matching import WAYS
from crm.spelling import folded
from crm.systems.export import Export
from crm.systems.generic import NAMES
from crm.systems.known_headers import first_among

NAMED = 6
MOST_TIMES = 3
"""Words to a rep that a column of reps, and of some who left, has at most."""


@dataclass(frozen=True)
class RepsFound:
    """How a column of a file finds reps.

    Attributes
    ----------
    header
        The column.
    match
        Columns of the reps that it is found by, the best first.
    found
        Its distinct texts that are reps.
    others
        Those that are none.
    is_exact
        Whether they are ids as they stand.
    n_rows
        Rows that have one of them.
    """

    header: str
    match: tuple[str, ...]
    found: frozenset[str]
    others: tuple[str, ...]
    is_exact: bool
    n_rows: int

    @property
    def origin(self) -> Any:
        """What our column is made of."""
        if self.is_exact or not self.match:
            return self.header
        return {"column": self.header, "match": list(self.match)}

    @property
    def why(self) -> str:
        """How many owners are reps, in words."""
        n_all = len(self.found) + len(self.others)
        if not n_all:
            return "nobody yet"
        by = f" by {' or '.join(self.match)}" if self.match else ""
        told = f"{len(self.found)} of {n_all} owners are reps{by}"
        return told + (f"; not {listed(self.others, NAMED)}" if self.others else "")


def owner_headers(headers: Sequence[str], export: Export | None) -> list[str]:
    """Return the headers of a file that may name a rep, the likeliest first."""
    names = [*NAMES["history"]["rep_id"]]
    for ours in ("owner_rep_id", "current_rep_id", "rep_id"):
        if export is not None:
            names = [*export.columns.get(ours, ()), *names]
    names = ["rep_id", "current_rep_id", "owner_rep_id", *names]
    found = [first_among((name,), headers) for name in names]
    return [header for header in dict.fromkeys(found) if header]


def people_columns(cells: pd.DataFrame, reps: pd.DataFrame) -> list[str]:
    """Return the columns of a file of which at least half of the words are reps.

    Parameters
    ----------
    cells
        The file, of which no header names an owner.
    reps
        The reps, as the reader has them.
    """
    found = []
    for name in map(str, cells.columns):
        words = {cell for cell in cells[name].unique() if cell}
        if 0 < len(words) <= len(reps) * MOST_TIMES:
            seen = reps_found(cells, [name], reps)
            if seen and 2 * len(seen.found) >= len(words):
                found.append(name)
    return found


def reps_found(
    cells: pd.DataFrame, headers: Sequence[str], reps: pd.DataFrame
) -> RepsFound | None:
    """Return which of these columns names reps, and how; None where there is none.

    Parameters
    ----------
    cells
        The file.
    headers
        Columns of it that may name a rep.
    reps
        The reps, all text, with the further columns of their file.
    """
    tried = [_tried(cells, header, reps) for header in headers]
    tried = [one for one in tried if one.found or one.others] or tried
    tried.sort(key=lambda one: (-one.n_rows, not one.is_exact, len(one.others)))
    return tried[0] if tried else None


def _tried(cells: pd.DataFrame, header: str, reps: pd.DataFrame) -> RepsFound:
    names = [n for n in cells[header].unique() if n]
    exact = frozenset(names) & frozenset(reps["rep_id"])
    real = [n for n in names if n in exact or not is_placeholder(n)]
    by_column = {c: _found_by(real, reps[c]) for c in _columns(reps)}
    found: frozenset[str] = frozenset()
    match: list[str] = []
    while by_column:
        best = max(by_column, key=lambda c: len(by_column[c] - found))
        if not by_column[best] - found:
            break
        found |= by_column.pop(best)
        match.append(best)
    others = tuple(n for n in real if n not in found)
    is_exact = bool(exact) and len(exact) == len(found)
    n_rows = int(cells[header].isin(found).sum())
    return RepsFound(header, tuple(match), found, others, is_exact, n_rows)


def _columns(reps: pd.DataFrame) -> list[str]:
    """Return the columns that tell reps apart, ids and e-mails before names."""
    first = ["rep_id", "email", "name"]
    rest = [str(c) for c in reps.columns if c not in first]
    return [
        c
        for c in [*first, *rest]
        if c in reps and reps[c][reps[c] != ""].map(folded).is_unique and any(reps[c])
    ]


def _found_by(names: Sequence[str], theirs: pd.Series) -> frozenset[str]:
    """Return the names that the reader finds in a column of the reps."""
    found: set[str] = set()
    for way, _ in WAYS:
        keys = {way(text) for text in theirs if text}
        found |= {name for name in names if way(name) in keys}
    return frozenset(found)
