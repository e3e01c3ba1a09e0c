"""The leads of the ledger that are one and the same, group by group."""

from dataclasses import dataclass

import pandas as pd

from ledger import Ledger
from ledger.duplicates.likeness import MERGED, PARTED, owners_of, said, shared
from runs.duplicates.finding import Finding, pairs_of, spare
from runs.duplicates.grouping import BY_WORD, Groups, Link, links_by_keys
from scenarios.duplicates import Duplicates

COLUMNS = ("group", "lead_id", "rep_id", "started_at", "same_as", "same", "score")


@dataclass(frozen=True)
class Listing:
    """The duplicates of a ledger.

    Attributes
    ----------
    leads
        One row per lead of a group: group (from 1 on), lead_id, rep_id (``""`` for
        nobody), started_at, same_as (the lead that stands for the group), same (what
        it shares with that) and score.
    conflicts
        Numbers of groups with several owners.
    crowded
        One row per key that too many leads share: kind, key and n_leads.
    refused
        Pairs of leads that share a key, and are different as people said.
    """

    leads: pd.DataFrame
    conflicts: list[int]
    crowded: pd.DataFrame
    refused: list[tuple[str, str]]


def listing(ledger: Ledger, spec: Duplicates | None) -> Listing:
    """Return which leads of the ledger are one, by their keys and people's word."""
    spec = spec or Duplicates()
    with ledger.reading() as connection:
        words, keyed = said(connection), shared(connection, spec.keys)
        tying, crowded = spare(keyed, spec.at_most)
        merged = pairs_of(words[words["kind"] == MERGED])
        links = [Link(pair, BY_WORD) for pair in merged]
        links += links_by_keys(tying, spec.keys)
        parted = map(frozenset, pairs_of(words[words["kind"] == PARTED]))
        groups = Groups(links, parted)
        members = [lead_id for group in groups for lead_id in group]
        owners = owners_of(connection, members)
    leads = _table(Finding(groups, owners, crowded))
    owned = leads[leads["rep_id"] != ""]
    n_owners = owned.groupby("group")["rep_id"].nunique()
    conflicts = [int(number) for number in n_owners.index[n_owners > 1]]
    refused = [link.lead_ids for link in groups.refused]
    return Listing(leads, conflicts, crowded, refused)


def _table(finding: Finding) -> pd.DataFrame:
    owners = finding.owners.set_index("lead_id")
    since = owners["started_at"].fillna(pd.Timestamp.max.tz_localize("UTC")).to_dict()
    rep_of, started = owners["rep_id"].to_dict(), owners["started_at"].to_dict()
    rows = []
    for number, group in enumerate(finding.groups, 1):
        stands, *others = sorted(group, key=lambda lead_id: (since[lead_id], lead_id))
        rows.append(
            (number, stands, rep_of[stands], started[stands], "", "", float("nan"))
        )
        for lead_id in others:
            owned = rep_of[lead_id], started[lead_id]
            shares = finding.shares(lead_id, stands)
            rows.append((number, lead_id, *owned, stands, *shares))
    return pd.DataFrame(rows, columns=[*COLUMNS])
