"""A world's company beside leads and reps: customers, books, tables as if read."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from crm import TABLES, Calendar, Column, CrmData
from evaluation.worlds.demand import shares
from evaluation.worlds.names import company_names, level_codes, level_names, text
from evaluation.worlds.random_numbers import uniforms
from evaluation.worlds.spec import WorldSpec
from evaluation.worlds.staff import Staff

_BLANK: Mapping[str, Any] = {
    "number": np.nan,
    "integer": np.nan,
    "timestamp": pd.NaT,
    "list": (),
}
"""A missing cell of each kind that is not text."""


def draw_accounts(spec: WorldSpec, staff: Staff, seed: int) -> pd.DataFrame:
    """Return the existing customers in the stable columns, (n_accounts,)."""
    owner = np.random.default_rng([seed, 5]).integers(spec.n_reps, size=spec.n_accounts)
    ids = text([f"A{place + 1:03d}" for place in range(spec.n_accounts)])
    owners = text(staff.table["rep_id"].to_numpy()[owner])
    return pd.DataFrame({"account_id": ids, "owner_rep_id": owners})


def described(
    leads: pd.DataFrame,
    spec: WorldSpec,
    seed: int,
    accounts: pd.DataFrame,
    staff: Staff,
) -> pd.DataFrame:
    """Return the leads with the columns that the world has beside those drawn.

    All follow from the seed and the lead's id alone, but for the company's name.

    Parameters
    ----------
    leads
        With their ids, (n_leads,).
    spec, seed, accounts, staff
        Of the world.
    """
    ids = leads["lead_id"].to_numpy()
    if spec.unserved_share:
        is_unserved = uniforms(ids, seed, "unserved") < spec.unserved_share
        last = level_names(spec, "territory", spec.n_territories + 1)[-1]
        leads = leads.assign(territory=leads["territory"].mask(is_unserved, last))
    if spec.n_languages:
        leads = leads.assign(language=_languages(ids, spec, seed))
    if spec.n_accounts:
        territory = level_codes(spec, leads, "territory", spec.n_territories)
        owner = pd.Index(staff.table["rep_id"]).get_indexer(accounts["owner_rep_id"])
        home = staff.serves[owner].argmax(axis=1)
        known = _accounts_of(ids, territory, home, spec, seed)
        account_ids = np.append(accounts["account_id"].to_numpy(dtype=object), "")
        leads = leads.assign(account_id=text(account_ids[known]))
    if spec.named:
        leads = leads.assign(company=text(company_names(len(leads))))
    return leads


def _languages(ids: NDArray[np.object_], spec: WorldSpec, seed: int) -> pd.Series:
    ends = shares(spec.n_languages).cumsum()
    code = np.searchsorted(ends[:-1], uniforms(ids, seed, "language"))
    return text(level_names(spec, "language", spec.n_languages)[code])


def _accounts_of(
    ids: NDArray[np.object_],
    territory: NDArray[np.intp],
    home: NDArray[np.intp],
    spec: WorldSpec,
    seed: int,
) -> NDArray[np.intp]:
    """Return the account that each lead is of, -1 where none, (n_leads,).

    Parameters
    ----------
    territory
        Of each lead, (n_leads,).
    home
        Territory of each account, (n_accounts,).
    """
    account = np.full(len(ids), -1)
    is_known = uniforms(ids, seed, "is known") < spec.account_share
    which = uniforms(ids, seed, "account")
    for place in np.unique(home):
        here = np.flatnonzero(home == place)
        rows = np.flatnonzero(is_known & (territory == place))
        account[rows] = here[(which[rows] * len(here)).astype(np.intp)]
    return account


def with_books(
    reps: pd.DataFrame, history: pd.DataFrame, spec: WorldSpec, seed: int
) -> pd.DataFrame:
    """Return the reps with the open leads in their books, and the room for more."""
    is_open = history.loc[history["outcome"] == "open", "rep_id"]
    n_open = reps["rep_id"].map(is_open.value_counts()).fillna(0.0)
    part = uniforms(reps["rep_id"].to_numpy(dtype=object), seed, "book")
    room = np.floor(part * (spec.book_room + 1))
    return reps.assign(open_capacity=n_open + room, open_leads=n_open)


def typed_company(tables: Mapping[str, pd.DataFrame], as_of: pd.Timestamp) -> CrmData:
    """Return the tables with every column of the schema, those they lack empty.

    Parameters
    ----------
    tables
        Table name -> its rows, typed; all others are empty.
    as_of
        The moment of the allocation (UTC).
    """
    frames = {name: _completed(name, tables.get(name)) for name in TABLES}
    file_columns = {name: frozenset(map(str, frame)) for name, frame in tables.items()}
    return CrmData(
        **frames,
        as_of=as_of,
        file_columns=file_columns,
        queries={},
        calendar=Calendar(),
        readings={},
        sources={},
        past=None,
    )


def _completed(name: str, frame: pd.DataFrame | None) -> pd.DataFrame:
    rows = pd.DataFrame() if frame is None else frame.reset_index(drop=True)
    known = {
        column: rows.get(column, _blank(spec, len(rows)))
        for column, spec in TABLES[name].items()
    }
    return pd.DataFrame(known | {column: rows[column] for column in rows})


def _blank(spec: Column, n_rows: int) -> pd.Series:
    if spec.kind == "boolean":
        return pd.Series(np.full(n_rows, spec.default))
    if spec.kind == "timestamp":
        return pd.Series(pd.NaT, range(n_rows), dtype="datetime64[ns, UTC]")
    cells = pd.Series([_BLANK.get(spec.kind, "")] * n_rows, dtype=object)
    return cells.astype(np.float64) if spec.kind in {"number", "integer"} else cells
