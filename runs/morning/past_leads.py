"""Leads that earlier runs assigned, as history to fit the model on."""

from dataclasses import replace

import pandas as pd

from crm import CrmData, from_account_history
from crm.zones import in_zone
from ledger import Ledger
from ledger.learning.history import history_of
from runs.morning.lead_rows import rows_of
from runs.morning.memory import Memory
from runs.prepared.ledger_place import is_there, ledger_place
from runs.prepared.prepared import Prepared

OF_RUNS = ("rep_id", "assigned_at", "outcome", "closed_at", "won_value")
OPTIONAL = ("won_value", "first_response_at", "arm", "propensity")
"""Columns of history that are there once a lead has them."""


def with_past_leads(prepared: Prepared, memory: Memory) -> Prepared:
    """Return the day with the ledger's leads as history, where the scenario asks.

    Where a model stands for the history, that is as it is.
    """
    asks = prepared.file.scenario.data.history_from_ledger
    if not asks or prepared.crm.past is not None:
        return prepared
    crm, n_of_ledger, n_undated = _with_history(prepared, memory)
    outcomes = crm.history["outcome"].iloc[:n_of_ledger].value_counts()
    counts = ", ".join(f"{outcomes.get(w, 0):,} {w}" for w in ("won", "lost", "open"))
    n_others = len(crm.history) - n_of_ledger
    notes = [
        f"History: {n_of_ledger:,} leads of the ledger ({counts}), "
        f"{n_others:,} rows of other leads from the table of history."
    ]
    if n_undated:
        notes.append(
            f"Not in history, since the ledger does not know when they were created: "
            f"{n_undated:,} leads of a ledger of version 1."
        )
    morning = prepared.earlier.noting(*notes)
    return replace(prepared, crm=crm, morning=morning)


def with_history(prepared: Prepared) -> Prepared:
    """Return a scenario with all that its ledger knows by now as history.

    Where a model stands for the history, that is as it is.
    """
    place = ledger_place(prepared.file)
    asks = prepared.file.scenario.data.history_from_ledger
    asks = asks and prepared.crm.past is None
    if not asks or place is None or not is_there(place):
        return prepared
    with Ledger(place) as ledger:
        return replace(prepared, crm=_with_history(prepared, Memory(ledger))[0])


def _with_history(prepared: Prepared, memory: Memory) -> tuple[CrmData, int, int]:
    """Return the tables, how many rows the ledger gives, and how many it cannot."""
    crm = prepared.crm
    with memory.ledger.reading() as connection:
        known = history_of(connection, memory.before)
    is_dated = known["created_at"].notna()
    past = _as_history(known[is_dated].reset_index(drop=True), crm)
    others = crm.history[~crm.history["lead_id"].isin(known["lead_id"])]
    history = _stacked(past, others)
    columns = crm.file_columns.get("history", frozenset()) | _filled(past, crm)
    file_columns = {**crm.file_columns, "history": columns}
    crm = replace(crm, history=history, file_columns=file_columns)
    if prepared.file.scenario.data.territory_from_account:
        crm = from_account_history(crm)
    return crm, len(past), int((~is_dated).sum())


def _as_history(known: pd.DataFrame, crm: CrmData) -> pd.DataFrame:
    """Return the ledger's leads in the columns of history, typed as the day's leads."""
    told = ["lead_id", "created_at", "company", "email", "phone", "columns"]
    rows = rows_of(known[told], crm.leads)
    own = in_zone(known.drop(columns=told), crm.calendar.zone)
    own["origin"] = pd.Series("distributed", index=own.index, dtype=object)
    return pd.concat([rows, own], axis=1)


def _stacked(past: pd.DataFrame, others: pd.DataFrame) -> pd.DataFrame:
    """Return both tables as one, missing text as ``""``."""
    if others.empty:
        absent = [name for name in others if name not in past]
        empty = others[absent].reindex(range(len(past)))
        rows = pd.concat([past, empty], axis=1)
    else:
        rows = pd.concat([past, others], ignore_index=True)
    texts = [str(name) for name, cells in rows.items() if cells.dtype == object]
    return rows.fillna(dict.fromkeys(texts, ""))


def _filled(past: pd.DataFrame, crm: CrmData) -> frozenset[str]:
    """Return the columns of history that the ledger gives."""
    optional = {
        name
        for name in OPTIONAL
        if past[name].notna().any() and (past[name] != "").any()
    }
    return frozenset(crm.file_columns["leads"] | set(OF_RUNS[:4]) | optional)
