"""Leads joined to groups, none of which holds two that people said are different."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations

import pandas as pd

BY_WORD = "word"
"""What two leads share that a person said are the same."""
SCORE = 1.0
"""Of an exact key, and of a person's word."""


@dataclass(frozen=True)
class Link:
    """Two leads that are one.

    Attributes
    ----------
    lead_ids
        The two.
    same
        What they share: the kind of a key, or ``word``.
    score
        From 0 to 1, how sure that is; 1 for exact keys.
    """

    lead_ids: tuple[str, str]
    same: str
    score: float = SCORE


def links_by_keys(shared: pd.DataFrame, kinds: Iterable[str]) -> Iterator[Link]:
    """Yield the links of leads that share keys, those of the first kind first.

    Parameters
    ----------
    shared
        kind, key and lead_id.
    """
    for kind in kinds:
        own = shared[shared["kind"] == kind].drop_duplicates(["key", "lead_id"])
        several = own[own["key"].duplicated(keep=False)]
        for _, lead_ids in several.groupby("key", sort=True)["lead_id"]:
            for pair in combinations(sorted(lead_ids), 2):
                yield Link(pair, kind)


class Groups:
    """Leads joined by links, in their order.

    Parameters
    ----------
    links
        The surest ones first.
    parted
        Pairs of leads that are different; a link that would bring both into one group
        is left out.

    Attributes
    ----------
    refused
        Links that were left out.
    """

    def __init__(
        self, links: Iterable[Link], parted: Iterable[frozenset[str]] = ()
    ) -> None:
        self._foes: defaultdict[str, set[str]] = defaultdict(set)
        for pair in parted:
            for lead_id in pair:
                self._foes[lead_id] |= pair - {lead_id}
        self._members: dict[str, set[str]] = {}
        self._links: defaultdict[frozenset[str], list[Link]] = defaultdict(list)
        self.refused: list[Link] = []
        for link in links:
            self._add(link)

    def __iter__(self) -> Iterator[set[str]]:
        """Yield the groups, each once."""
        seen: set[int] = set()
        for members in self._members.values():
            if id(members) not in seen:
                seen.add(id(members))
                yield members

    def links_of(self, lead_id: str, other: str) -> list[Link]:
        """Return the direct links of two leads, the surest first."""
        return self._links.get(frozenset((lead_id, other)), [])

    def _add(self, link: Link) -> None:
        one, other = (self._members.get(i, {i}) for i in link.lead_ids)
        if one is not other and any(self._foes[i] & other for i in one):
            self.refused.append(link)
            return
        self._links[frozenset(link.lead_ids)].append(link)
        if one is not other:
            joined = one | other
            self._members |= dict.fromkeys(joined, joined)
