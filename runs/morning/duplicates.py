"""Leads that are another one in a second form: one group, one owner, one slot."""

from collections.abc import Iterator
from dataclasses import replace

import pandas as pd

from crm import listed
from ledger import Ledger
from ledger.open_work import DEEDS, recalls
from ledger.vantage import Before
from reporting import counted
from runs.duplicates.finding import Finding, find
from runs.morning.memory import NAMED, Memory, leads_named
from runs.morning.owned_leads import active_reps
from runs.prepared.morning import JOINED
from runs.prepared.prepared import Prepared
from scenarios.duplicates import Duplicates

KEY_WORDS = {"email": "e-mail", "phone": "phone number"}
"""Kind of a key -> in words; others are words."""


def with_duplicates(prepared: Prepared, memory: Memory) -> Prepared:
    """Return the day with one lead of each group, and none whose group has an owner.

    Where the scenario does not say which leads are one, people's word alone joins them,
    and a note names leads that share a key.
    """
    return _with_duplicates(prepared, memory.ledger, memory.before)


def with_duplicates_of_today(prepared: Prepared) -> Prepared:
    """Return the first day of a ledger with one lead of each group."""
    return _with_duplicates(prepared, None, None)


def _with_duplicates(
    prepared: Prepared, ledger: Ledger | None, before: Before | None
) -> Prepared:
    crm, spec = prepared.crm, prepared.file.scenario.duplicates
    by = spec or Duplicates(keys=[])
    finding = find(crm.leads, by, crm.today, ledger, before)
    reps, recalled = active_reps(crm), _recalled(ledger, before)
    joined = _joined(finding, crm.leads, reps, recalled)
    leads = crm.leads[~crm.leads["lead_id"].isin(joined["lead_id"])]
    leads = leads.reset_index(drop=True)
    notes = [*_sentences(joined), *_oddities(finding, reps, by.at_most)]
    if spec is None:
        alike = find(leads, Duplicates(), crm.today, ledger, before)
        notes += _unjoined(_joined(alike, leads, reps, recalled))
    morning = replace(prepared.earlier.noting(*notes), joined=joined)
    crm = replace(crm, leads=leads)
    return replace(prepared, crm=crm, morning=morning)


def _recalled(ledger: Ledger | None, before: Before | None) -> pd.DataFrame:
    if ledger is None:
        return pd.DataFrame(columns=[*DEEDS])
    return ledger.asked(recalls(before), DEEDS)


def _joined(
    finding: Finding, leads: pd.DataFrame, reps: set[str], recalled: pd.DataFrame
) -> pd.DataFrame:
    """Return the leads that go with another one, as in :class:`Morning`.

    None goes to a rep from whom one of its group was recalled since they had one.
    """
    order = leads.sort_values(["created_at", "lead_id"], kind="stable")["lead_id"]
    place = {lead_id: i for i, lead_id in enumerate(order)}
    owners = finding.owners[finding.owners["rep_id"].isin(reps)]
    owners = owners.sort_values(["started_at", "lead_id"], kind="stable")
    rep_of = dict(zip(owners["lead_id"], owners["rep_id"], strict=True))
    rows = []
    for group in finding.groups:
        own = sorted(group & place.keys(), key=place.__getitem__)
        having = owners[owners["lead_id"].isin(group)]
        barred = _barred(having, recalled[recalled["lead_id"].isin(group)])
        free = having.loc[~having["rep_id"].isin(barred), "lead_id"]
        first = next(iter(free), None)
        stands = first or (own[0] if own else "")
        rows += [
            (lead_id, rep_of.get(stands, ""), stands, *finding.shares(lead_id, stands))
            for lead_id in own
            if lead_id != stands
        ]
    return pd.DataFrame(rows, columns=[*JOINED])


def _barred(having: pd.DataFrame, recalled: pd.DataFrame) -> set[str]:
    """Return the reps who lost a lead of a group since they got the others."""
    if recalled.empty:
        return set()
    got = having.groupby("rep_id")["started_at"].max()
    lost = recalled.groupby("rep_id")["at"].max().reindex(got.index)
    return set(got.index[lost >= got])


def _sentences(joined: pd.DataFrame) -> Iterator[str]:
    """Yield which leads go with which, and to whom."""
    owned = joined[joined["rep_id"] != ""]
    for rep_id, rows in owned.groupby("rep_id", sort=True):
        yield (
            f"To {rep_id}, who has their duplicate, without a slot: "
            f"{counted(len(rows), 'lead')}, {_named(rows)}."
        )
    of_today = joined[joined["rep_id"] == ""]
    if len(of_today):
        yield (
            "With their duplicate of today, to one owner for one slot: "
            f"{counted(len(of_today), 'lead')}, {_named(of_today)}."
        )


def _unjoined(joined: pd.DataFrame) -> Iterator[str]:
    """Yield that leads are alike and nothing joins them."""
    if len(joined):
        yield (
            "Leads of today that share an e-mail or phone with an older one may get "
            f"another owner: {counted(len(joined), 'lead')}, {_named(joined)}. "
            "`duplicates: {}` in the scenario gives them one."
        )


def _named(rows: pd.DataFrame) -> str:
    columns = (rows[name] for name in ("lead_id", "other", "same"))
    texts = [
        f"{lead_id} as {other} (same {KEY_WORDS.get(same, same)})"
        for lead_id, other, same in zip(*columns, strict=True)
    ]
    return listed(texts, NAMED)


def _oddities(finding: Finding, reps: set[str], at_most: int) -> Iterator[str]:
    """Yield what joins nobody, though one might think so."""
    crowded = finding.crowded
    if len(crowded):
        cells = zip(crowded["kind"], crowded["key"], crowded["n_leads"], strict=True)
        named = [f"{kind} {key} of {n:,}" for kind, key, n in cells]
        yield (
            f"Shared by more than {at_most} leads, so it joins none of them: "
            f"{listed(named, NAMED)}."
        )
    owners = finding.owners.set_index("lead_id")["rep_id"]
    for group in finding.groups:
        own = owners[owners.index.isin(group)]
        if own.nunique() > 1:
            named = [
                f"{lead_id} of {rep_id}" for lead_id, rep_id in sorted(own.items())
            ]
            yield (
                "One person or company with several owners; the first who is active "
                f"gets new leads, and `rightrep same` makes them one: "
                f"{listed(named, NAMED)}."
            )
    gone = owners[~owners.isin(reps)]
    for rep_id, lead_ids in gone.groupby(gone).groups.items():
        yield (
            f"Duplicates of leads of {rep_id}, who is no active rep of today, are "
            f"distributed: those of {leads_named(list(lead_ids))}."
        )
    if refused := finding.groups.refused:
        named = [" and ".join(link.lead_ids) for link in refused]
        yield f"Alike, but different as people said: {listed(named, NAMED)}."
