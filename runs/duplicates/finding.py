"""Leads of a day, and of the ledger, that are one and the same."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

import pandas as pd

from ledger import Ledger
from ledger.duplicates.likeness import (
    MERGED,
    PARTED,
    SAID,
    SHARED,
    leads_with,
    owners_of,
    said,
)
from ledger.vantage import Before
from runs.duplicates.grouping import BY_WORD, Groups, Link, links_by_keys
from scenarios.duplicate_checks import key_reader
from scenarios.duplicates import Duplicates


@dataclass(frozen=True)
class Finding:
    """Which leads are one.

    Attributes
    ----------
    groups
        The leads of each, today's and earlier ones.
    owners
        One row per earlier lead that somebody owns: lead_id, rep_id, started_at.
    crowded
        One row per key that too many leads share to join them: kind, key and n_leads.
    """

    groups: Groups
    owners: pd.DataFrame
    crowded: pd.DataFrame

    def shares(self, lead_id: str, other: str) -> tuple[str, float]:
        """Return what two leads share, and how sure it is that they are one."""
        links = self.groups.links_of(lead_id, other)
        same = ", ".join(dict.fromkeys(link.same for link in links))
        return same or "group", max((link.score for link in links), default=1.0)


def find(
    leads: pd.DataFrame,
    spec: Duplicates,
    today: date,
    ledger: Ledger | None = None,
    before: Before | None = None,
) -> Finding:
    """Return which leads of a day are one, or one with leads of the ledger.

    Parameters
    ----------
    leads
        Those of the day that nobody owns.
    before
        Number of a run: as things were when it was made.
    """
    keys = key_reader(spec).keys(leads, spec.keys)
    known = pd.DataFrame(columns=[*SHARED])
    words = pd.DataFrame(columns=[*SAID])
    if ledger is not None:
        days = spec.within_days
        since = None if days is None else today - timedelta(days=days)
        with ledger.reading() as connection:
            words = said(connection, before)
            if len(keys):
                known = leads_with(connection, keys, since, before)
    known = known[~known["lead_id"].isin(leads["lead_id"])]
    tying, crowded = spare(_together(keys, known), spec.at_most)
    lead_ids = {*leads["lead_id"], *known["lead_id"]}
    merged = _touching(words[words["kind"] == MERGED], lead_ids)
    parted = words[words["kind"] == PARTED]
    links = [*merged, *links_by_keys(tying, spec.keys)]
    groups = Groups(links, map(frozenset, pairs_of(parted)))
    return Finding(groups, _owners(known, merged, leads, ledger, before), crowded)


def _together(*tables: pd.DataFrame) -> pd.DataFrame:
    columns = ["kind", "key", "lead_id"]
    filled = [table[columns] for table in tables if len(table)]
    if not filled:
        return pd.DataFrame(columns=columns, dtype=object)
    return pd.concat(filled, ignore_index=True).drop_duplicates()


def spare(shared: pd.DataFrame, at_most: int) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the keys that few share, and those that are too many strangers'."""
    counts = shared.groupby(["kind", "key"]).size().rename("n_leads").reset_index()
    crowded = counts[counts["n_leads"] > at_most]
    is_crowded = pd.MultiIndex.from_frame(shared[["kind", "key"]]).isin(
        pd.MultiIndex.from_frame(crowded[["kind", "key"]])
    )
    return shared[~is_crowded], crowded


def _touching(merged: pd.DataFrame, lead_ids: Iterable[str]) -> list[Link]:
    """Return the links by people's word that lead on from these leads."""
    reached, links = set(lead_ids), list[Link]()
    left = list(pairs_of(merged))
    while near := [pair for pair in left if reached & set(pair)]:
        links += [Link(pair, BY_WORD) for pair in near]
        reached |= {lead_id for pair in near for lead_id in pair}
        left = [pair for pair in left if pair not in near]
    return links


def pairs_of(words: pd.DataFrame) -> list[tuple[str, str]]:
    """Return the two leads of each word that people said."""
    return [*zip(words["lead_id"], words["other"], strict=True)]


def _owners(
    known: pd.DataFrame,
    merged: list[Link],
    leads: pd.DataFrame,
    ledger: Ledger | None,
    before: Before | None,
) -> pd.DataFrame:
    columns = ["lead_id", "rep_id", "started_at"]
    more = {lead_id for link in merged for lead_id in link.lead_ids}
    more -= {*known["lead_id"], *leads["lead_id"]}
    owners = known[columns]
    if more and ledger is not None:
        with ledger.reading() as connection:
            others = owners_of(connection, more, before)
        owners = pd.concat([owners, others]) if len(owners) else others
    return owners[owners["rep_id"] != ""].drop_duplicates("lead_id")
