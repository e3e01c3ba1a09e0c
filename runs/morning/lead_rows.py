"""Leads as the ledger keeps them, and back as rows of the day's table."""

from typing import Any

import numpy as np
import pandas as pd

from crm import TABLES
from crm.cells import cell_text


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
    return pd.DataFrame(
        {str(name): _typed(_cells_of(waiting, str(name)), like[name]) for name in like}
    )


def _cells_of(waiting: pd.DataFrame, name: str) -> pd.Series:
    """Return what is known as a column of leads, missing where it is not."""
    if name in waiting and name in TABLES["leads"]:
        return waiting[name].reset_index(drop=True)
    return pd.Series([row.get(name) for row in waiting["columns"]], dtype=object)


def as_table(known: pd.DataFrame, work: pd.DataFrame) -> pd.DataFrame:
    """Return leads of the ledger as a table that a `where` can select from.

    Parameters
    ----------
    known
        What is known of leads, as :data:`ledger.open_work.LEAD_COLUMNS`.
    work
        The leads of the table, in their order: lead_id and created_at.
    """
    personal = known.drop(columns="columns").set_index("lead_id")
    more = pd.DataFrame(list(known["columns"]), index=known["lead_id"], dtype=object)
    all_of_them = personal.join(more[more.columns.difference(personal.columns)])
    table = all_of_them.reindex(work["lead_id"]).reset_index(drop=True)
    typed = {str(name): _of_one_type(table[name]) for name in table}
    return pd.DataFrame({**typed, **work[["lead_id", "created_at"]]})


def _of_one_type(cells: pd.Series) -> pd.Series:
    """Return numbers where all cells that are filled are, else text and lists."""
    filled = cells[cells.notna()]
    kinds = set(map(type, filled))
    if kinds and kinds <= {int, float}:
        return cells.astype(float)
    return cells.map(_text_or_list).astype(object)


def _text_or_list(cell: Any) -> Any:
    if isinstance(cell, list):
        return tuple(cell)
    return "" if cell is None or cell != cell else cell_text(cell)


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
