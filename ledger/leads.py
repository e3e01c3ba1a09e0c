"""Leads as the last run that met them knew them, and their keys."""

import json
from collections.abc import Set as AbstractSet
from typing import Any

import pandas as pd
from sqlalchemy import Connection, bindparam, delete, insert, select, update

from ledger.frames import Row, rows_of
from ledger.schema import lead_keys, lead_versions, leads
from ledger.wanted import wanted

PERSONAL = ("company", "email", "phone")
"""Columns of leads that name a person or a company."""
_CHANGING = ("created_at", *PERSONAL, "columns")
KEY = ("kind", "key", "lead_id")
Key = tuple[str, str, str]


def meet(connection: Connection, number: int, made: pd.DataFrame) -> None:
    """Add the leads of a run that are new, and change those that are known otherwise.

    What a run does not know of a lead stays as earlier ones knew it. A lead whose
    personal data were erased stays as it is.

    Parameters
    ----------
    number
        Of the run.
    made
        As for :meth:`ledger.Ledger.record`.
    """
    rows = _rows(made)
    known = _known(connection, list(rows))
    new = [row | {"first_run": number} for i, row in rows.items() if i not in known]
    if new:
        connection.execute(insert(leads), new)
    erased = {i for i, row in known.items() if row["erased_at"] is not None}
    now = {i: _updated(row, rows[i]) for i, row in known.items() if i not in erased}
    _keep_versions(connection, number, known, now)
    changed = [_as_change(row) for i, row in now.items() if row != _plain(known[i])]
    if changed:
        change = update(leads).where(leads.c.lead_id == bindparam("which"))
        values: dict[str, Any] = {name: bindparam(f"new_{name}") for name in _CHANGING}
        connection.execute(change.values(values), changed)
    if "keys" in made:
        _have(connection, rows.keys() - erased, made)


def _rows(made: pd.DataFrame) -> dict[str, Row]:
    """Return lead -> its row of the table of leads."""
    times = rows_of(made, {"lead_id": "text", "created_at": "time"})
    columns: Any = made.get("columns", [{}] * len(made))
    return {
        time["lead_id"]: time
        | {name: str(own.get(name, "")) for name in PERSONAL}
        | {"columns": {k: v for k, v in own.items() if k not in PERSONAL}}
        for time, own in zip(times, columns, strict=True)
    }


def _known(connection: Connection, lead_ids: list[str]) -> dict[str, Row]:
    query = select(leads).where(leads.c.lead_id.in_(wanted(lead_ids)))
    rows = connection.execute(query).mappings()
    return {row["lead_id"]: dict(row) for row in rows}


def _updated(known: Row, told: Row) -> Row:
    """Return what is known of a lead with what a run tells of it."""
    columns = known["columns"] | json.loads(json.dumps(told["columns"]))
    own = {name: told[name] or known[name] for name in ("created_at", *PERSONAL)}
    return {"lead_id": known["lead_id"], "columns": columns} | own


def _keep_versions(
    connection: Connection, number: int, known: dict[str, Row], now: dict[str, Row]
) -> None:
    """Keep columns that a run knows otherwise: history has them as they were."""
    rows = [
        {"lead_id": i, "until_run": number, "columns": known[i]["columns"]}
        for i, row in now.items()
        if row["columns"] != known[i]["columns"]
    ]
    if rows:
        connection.execute(insert(lead_versions), rows)


def _plain(known: Row) -> Row:
    return {name: known[name] for name in ("lead_id", *_CHANGING)}


def _as_change(row: Row) -> Row:
    new = {f"new_{name}": row[name] for name in _CHANGING}
    return new | {"which": row["lead_id"]}


def _have(
    connection: Connection, lead_ids: AbstractSet[str], made: pd.DataFrame
) -> None:
    """Give leads the keys that they have now, and take others of the same kinds."""
    now: set[Key] = {
        (kind, key, lead_id)
        for lead_id, keys in zip(made["lead_id"], made["keys"], strict=True)
        if lead_id in lead_ids
        for kind, key in keys
    }
    told = {(kind, lead_id) for kind, _, lead_id in now}
    of_them = lead_keys.c.lead_id.in_(wanted(lead_ids))
    query = select(*(lead_keys.c[name] for name in KEY)).where(of_them)
    had: set[Key] = {(kind, key, i) for kind, key, i in connection.execute(query)}
    gone = [key for key in had - now if (key[0], key[2]) in told]
    if gone:
        is_it = [lead_keys.c[name] == bindparam(f"old_{name}") for name in KEY]
        old = [{f"old_{n}": v for n, v in zip(KEY, key, strict=True)} for key in gone]
        connection.execute(delete(lead_keys).where(*is_it), old)
    if new := sorted(now - had):
        rows = [dict(zip(KEY, key, strict=True)) for key in new]
        connection.execute(insert(lead_keys), rows)
