"""Leads that are one and the same, in words."""

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from crm import listed
from reporting.text.layout.json_record import record_of
from reporting.text.layout.layout import counted, table

NAMED = 10
SHARED = {"email": "e-mail", "word": "by a person's word", "group": "by way of others"}
"""What two leads share -> in words; others are words."""


def duplicates_text(
    leads: pd.DataFrame,
    conflicts: Sequence[int],
    crowded: pd.DataFrame,
    refused: Sequence[tuple[str, str]],
) -> str:
    """Return groups of leads that are one as a table, and what is odd of them.

    Parameters
    ----------
    leads, conflicts, crowded, refused
        As :class:`runs.duplicates.listing.Listing` has them.
    """
    groups = counted(leads["group"].nunique(), "group")
    lines = [f"{groups} of {counted(len(leads), 'lead')} that are one\n"]
    if len(leads):
        lines.append(f"{table(_shown(leads))}\n")
    lines += [_conflict(leads[leads["group"] == number]) for number in conflicts]
    if len(crowded):
        cells = zip(crowded["kind"], crowded["key"], crowded["n_leads"], strict=True)
        named = [f"{kind} {key} of {n:,} leads" for kind, key, n in cells]
        lines.append(f"too many share it to join them: {listed(named, NAMED)}")
    if refused:
        named = [" and ".join(pair) for pair in refused]
        lines.append(f"alike, but different as people said: {listed(named, NAMED)}")
    return "\n".join(lines).rstrip()


def duplicates_json(
    leads: pd.DataFrame,
    conflicts: Sequence[int],
    crowded: pd.DataFrame,
    refused: Sequence[tuple[str, str]],
) -> dict[str, Any]:
    """Return the same as JSON can hold it; it is ok where no group has two owners."""
    times = leads["started_at"].map(lambda t: None if pd.isna(t) else t.isoformat())
    rows = leads.assign(started_at=times.astype(object)).to_dict("records")
    return {
        "ok": not conflicts,
        "leads": record_of(rows),
        "conflicts": list(conflicts),
        "crowded": crowded.to_dict("records"),
        "different": [list(pair) for pair in refused],
    }


def contacts_text(pairs: pd.DataFrame, threshold: float, is_fitted: bool) -> str:
    """Return leads that are likely contacts as a table.

    Parameters
    ----------
    pairs
        lead_id, contact_id, by, probability and, where known, owner_rep_id.
    threshold
        Least probability of them.
    is_fitted
        Whether pairs that share no key were looked for.
    """
    found = counted(pairs["lead_id"].nunique(), "lead")
    how = f"by a key, or with a probability of {threshold:g} or more"
    if not is_fitted:
        how = "by a key; too few leads or contacts to fit probabilities on"
    head = f"{found} among the contacts, {how}"
    if pairs.empty:
        return head
    shown = pairs.assign(probability=pairs["probability"].map("{:.4f}".format))
    return f"{head}\n\n{table(shown)}"


def same_text(merger: Mapping[str, Any]) -> str:
    """Return what became of two leads that are one."""
    stays, goes, owner = merger["stays"], merger["goes"], merger["owner"]
    if not merger["is_new"]:
        return f"{goes} is part of {stays} already; nothing changes"
    has = f"{owner or 'nobody'} has it"
    former = merger["former_owner"]
    ended = f"; that {former} had {goes} has ended" if former else ""
    return f"{goes} is part of {stays} from now on, and {has}{ended}"


def different_text(parting: Mapping[str, Any]) -> str:
    """Return what became of two leads that are different."""
    pair = " and ".join(parting["lead_ids"])
    if not parting["is_new"]:
        return f"{pair} are known to be different; nothing changes"
    owners = [
        f"{lead_id}: {rep or 'nobody'}" for lead_id, rep in parting["owners"].items()
    ]
    return f"{pair} are different from now on; owners stay ({', '.join(owners)})"


def shared_text(same: str) -> str:
    """Return what two leads share, in words."""
    return ", ".join(SHARED.get(part, part) for part in same.split(", "))


def _shown(leads: pd.DataFrame) -> pd.DataFrame:
    since = leads["started_at"].map(lambda t: "" if pd.isna(t) else f"{t:%Y-%m-%d}")
    shared = leads["same"].map(shared_text)
    score = leads["score"].map(lambda score: "" if pd.isna(score) else f"{score:.3g}")
    return pd.DataFrame(
        {
            "group": leads["group"],
            "lead": leads["lead_id"],
            "owner": leads["rep_id"],
            "since": since,
            "same as": leads["same_as"],
            "by": shared,
            "score": score,
        }
    )


def _conflict(rows: pd.DataFrame) -> str:
    owned = rows[rows["rep_id"] != ""]
    cells = zip(owned["lead_id"], owned["rep_id"], strict=True)
    named = [f"{lead_id} of {rep_id}" for lead_id, rep_id in cells]
    return (
        f"group {rows['group'].iloc[0]} has several owners: {listed(named, NAMED)}; "
        "`rightrep same` makes two leads one, `rightrep different` parts them"
    )
