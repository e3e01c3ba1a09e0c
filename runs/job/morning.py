"""What the ledger knows in the morning: kept leads, leads that return, slots used."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from crm import TABLES, CrmData, listed
from reporting import counted

if TYPE_CHECKING:
    from ledger import Ledger

NAMED = 10
"""Leads and reps that a sentence names."""
KEPT = ("lead_id", "rep_id", "started_at", "run_id")


@dataclass(frozen=True, eq=False)
class Morning:
    """What earlier runs left for this one.

    Attributes
    ----------
    kept
        Leads of today's table that stay with the owner they have: lead_id, rep_id,
        started_at and the run_id that assigned them.
    freed
        Leads of today's table whose owner is no active rep of today, as `kept`.
    returned
        Leads of earlier days that nobody owns, and that today's table lacks.
    used
        Rep -> slots of today that earlier runs have used.
    supersedes
        The run that this one makes void; empty for none.
    """

    kept: pd.DataFrame = field(default_factory=lambda: pd.DataFrame(columns=[*KEPT]))
    freed: pd.DataFrame = field(default_factory=lambda: pd.DataFrame(columns=[*KEPT]))
    returned: tuple[str, ...] = ()
    used: Mapping[str, int] = field(default_factory=dict)
    supersedes: str = ""


def with_memory(
    crm: CrmData,
    ledger: "Ledger",
    before: int | None = None,
    *,
    brings_back: bool = True,
) -> tuple[CrmData, Morning]:
    """Return the day's tables as earlier runs leave them, and what they left.

    Parameters
    ----------
    crm
        The day's tables.
    ledger
        Of earlier runs.
    before
        Number of a run that is made again: what it was told.
    brings_back
        Whether leads that nobody owns come again by themselves.
    """
    owners = ledger.owners(before)
    owned = owners[owners["lead_id"].isin(crm.leads["lead_id"])]
    reps = crm.reps.loc[crm.reps["active"], "rep_id"]
    is_kept = owned["rep_id"].isin(reps)
    kept, freed = owned[is_kept], owned[~is_kept]
    fresh = crm.leads[~crm.leads["lead_id"].isin(kept["lead_id"])]
    waiting = ledger.waiting(before)
    waiting = waiting[~waiting["lead_id"].isin(crm.leads["lead_id"]) & brings_back]
    leads = pd.concat([fresh, rows_of(waiting, crm.leads)], ignore_index=True)
    used = ledger.assigned_on(crm.today, before)
    tables = replace(
        crm,
        leads=leads.astype(crm.leads.dtypes.to_dict()),
        reps=_reps(crm, used, ledger.open_leads(before)),
    )
    left = Morning(
        kept.reset_index(drop=True),
        freed.reset_index(drop=True),
        tuple(waiting["lead_id"]),
        {rep: n for rep, n in used.items() if rep in set(crm.reps["rep_id"])},
    )
    return tables, left


def sentences(morning: Morning, day: str) -> Iterator[str]:
    """Yield what earlier runs left, for people.

    Parameters
    ----------
    day
        The company's day, in words.
    """
    if morning.supersedes:
        yield f"Run {morning.supersedes} of {day} is void; this one takes its place."
    if n_kept := len(morning.kept):
        yield f"Kept by the owner they have, without a slot: {counted(n_kept, 'lead')}."
    if n_returned := len(morning.returned):
        yield (
            f"Distributed again, since no earlier run found an owner: "
            f"{counted(n_returned, 'lead')}, {listed(morning.returned, NAMED)}."
        )
    for rep, leads in morning.freed.groupby("rep_id")["lead_id"]:
        yield (
            f"Distributed again, since {rep} is no active rep of today: "
            f"{counted(len(leads), 'lead')}, {listed(list(leads), NAMED)}."
        )
    if morning.used:
        slots = listed([f"{rep} {n}" for rep, n in morning.used.items()], NAMED)
        yield f"Earlier runs of {day} have used slots, which are gone: {slots}."


def _reps(
    crm: CrmData, used: Mapping[str, int], held: Mapping[str, int]
) -> pd.DataFrame:
    """Return the reps with the slots they have left, and their open leads."""
    rep_ids = crm.reps["rep_id"]
    left = crm.reps["daily_capacity"] - rep_ids.map(used).fillna(0)
    reps = crm.reps.assign(daily_capacity=np.maximum(left, 0))
    if not crm.has("reps", "open_leads"):
        reps["open_leads"] = rep_ids.map(held).fillna(0).astype(float)
    return reps


def columns_of(leads: pd.DataFrame) -> list[dict[str, Any]]:
    """Return what is known of each lead, as the ledger keeps it: column -> value."""
    names = [str(name) for name in leads if name not in ("lead_id", "created_at")]
    plain = {name: [_plain(cell) for cell in leads[name]] for name in names}
    rows = zip(*plain.values(), strict=True) if names else ([] for _ in leads.index)
    return [
        {name: cell for name, cell in zip(names, row, strict=True) if cell is not None}
        for row in rows
    ]


def rows_of(waiting: pd.DataFrame, like: pd.DataFrame) -> pd.DataFrame:
    """Return leads of the ledger as rows of a table with these columns.

    Columns that the table lacks are left out; cells that were never known are missing.
    """
    known = [
        {**row["columns"], **{name: row[name] for name in _own(row)}}
        for row in waiting.to_dict("records")
    ]
    rows = pd.DataFrame(known, columns=like.columns, dtype=object)
    return pd.DataFrame({str(name): _typed(rows[name], like[name]) for name in like})


def _own(row: Mapping[Any, Any]) -> list[str]:
    return [str(name) for name in row if name in TABLES["leads"]]


def _plain(cell: Any) -> Any:
    """Return a cell as JSON holds it; None where it is missing."""
    if isinstance(cell, tuple):
        return list(cell)
    if pd.isna(cell) or cell == "":
        return None
    if isinstance(cell, pd.Timestamp):
        return cell.isoformat()
    return cell.item() if isinstance(cell, np.generic) else cell


def _typed(cells: pd.Series, like: pd.Series) -> pd.Series:
    """Return cells of the ledger with the type of a column."""
    if isinstance(like.dtype, pd.DatetimeTZDtype):
        return pd.to_datetime(cells, utc=True, format="ISO8601").astype(like.dtype)
    if like.dtype != object:
        return pd.to_numeric(cells, errors="coerce").astype(like.dtype)
    is_list = len(like) > 0 and isinstance(like.iloc[0], tuple)
    texts = [_text(cell, is_list) for cell in cells]
    return pd.Series(texts, index=cells.index, dtype=object)


def _text(cell: Any, is_list: bool) -> Any:
    if is_list:
        return tuple(cell) if isinstance(cell, list) else ()
    return cell if isinstance(cell, str) else ""
