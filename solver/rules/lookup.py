"""What a rule looks up: entries of one side, and whether the other side has them."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import chain

import pandas as pd

from crm import Condition, listed
from crm.characters import look
from crm.schema import EVERYTHING
from crm.spelling import Spellings, oddity

NAMED = 5
"""Entries named before the rest is counted."""
FEW, SHARE = 10, 0.1
"""So many entries of which so small a part meets are hardly any."""


@dataclass(frozen=True, eq=False)
class Lookup:
    """Entries of one column that a rule looks for on the other side.

    Attributes
    ----------
    column
        Which ones, in words: ``territory of leads``.
    rows
        Entry -> how many rows have it.
    met
        The entries that the other side has.
    others
        The entries of the other side, for spellings that are near.
    unmet
        What is true of the rest, in words: ``in the territories of no rep``.
    must_meet
        Whether an entry that does not meet is worth a warning, however it is spelt.
    should_meet
        Whether it is worth one that none or hardly any meet.
    are_names
        Whether the letters of an entry may be mistyped; not in ids.
    """

    column: str
    rows: Mapping[str, int]
    met: Collection[str]
    others: Collection[str]
    unmet: str
    must_meet: bool = False
    should_meet: bool = False
    are_names: bool = True

    @cached_property
    def missed(self) -> dict[str, str]:
        """Entry that did not meet -> what it may mean, or ""; telling ones first."""
        met = frozenset(self.met)
        rest = [entry for entry in self.rows if entry not in met]
        spellings = Spellings(self.others, are_names=self.are_names)
        hints = {entry: _hint(entry, spellings) for entry in rest}
        order = sorted(rest, key=lambda e: (not hints[e], -self.rows[e], e))
        return {entry: hints[entry] for entry in order}

    @property
    def is_notable(self) -> bool:
        """Whether what did not meet is worth a warning."""
        hardly_any = len(self.rows) - len(self.missed) < SHARE * len(self.rows)
        return (
            (self.must_meet and bool(self.missed))
            or (self.should_meet and hardly_any and len(self.rows) >= FEW)
            or any(self.missed.values())
        )

    def __str__(self) -> str:
        """What did not meet, in words: how many, and the first of them with hints."""
        named = [
            f"{entry} (rows: {self.rows[entry]:,}{'; ' if hint else ''}{hint})"
            for entry, hint in self.missed.items()
        ]
        n_missed, n_entries = len(self.missed), len(self.rows)
        return (
            f"{self.unmet} ({self.column}, {n_missed:,} of {n_entries:,}): "
            f"{listed(named, NAMED)}"
        )


def _hint(entry: str, spellings: Spellings) -> str:
    near = spellings.near(entry)
    if near and look(entry) == look(near):
        return "there is the same to the eye, in other characters"
    return f"did you mean {near!r}?" if near else oddity(entry)


def needs_and_offers(
    columns: tuple[str, str],
    needs: Mapping[str, int],
    offers: Mapping[str, int],
    met: tuple[Collection[str], Collection[str]],
    unmet: tuple[str, str],
) -> Iterator[Lookup]:
    """Yield what leads need of reps, which must meet, and what reps offer to leads.

    Parameters
    ----------
    columns, met, unmet
        As :class:`Lookup` has them, of the leads and of the reps.
    needs, offers
        Entry -> how many leads need it, or how many reps offer it.
    """
    others = offers.keys() - {EVERYTHING}
    of_leads, of_reps = columns
    yield Lookup(
        f"{of_leads} of leads", needs, met[0], others, unmet[0], must_meet=True
    )
    yield Lookup(f"{of_reps} of reps", offers, met[1], met[0], unmet[1])


def words_looked_up(
    leads: pd.DataFrame, column: str, condition: Condition
) -> Iterator[Lookup]:
    """Yield the words that a condition looks for in a column of the leads."""
    values = condition if isinstance(condition, list) else [condition]
    words = [value for value in values if isinstance(value, str)]
    if not words or leads[column].dtype != object:
        return
    cells = (cell if isinstance(cell, tuple) else (cell,) for cell in leads[column])
    there = Counter(chain.from_iterable(cells))
    yield Lookup(
        f"`where` of {column}",
        dict.fromkeys(words, 1),
        [word for word in words if word in there],
        [cell for cell in there if cell],
        f"in {column} of no lead",
    )
