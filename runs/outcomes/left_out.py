"""Rows of an export that are left out, each with its reason."""

from collections.abc import Callable
from typing import Literal

import pandas as pd

Reason = Literal[
    "unreadable",
    "unknown_lead",
    "contradicts_itself",
    "no_closing_time",
    "value_without_outcome",
    "in_future",
    "before_created",
    "before_assigned",
    "older_file",
    "early_response",
    "later_response",
]
"""Why a row is left out."""
COLUMNS = ("row", "lead_id", "reason", "detail")


def left_out(
    rows: pd.DataFrame, reason: Reason, detail: Callable[[pd.Series], str]
) -> pd.DataFrame:
    """Return the rows as ones that are left out.

    Parameters
    ----------
    rows
        row, lead_id and what else `detail` speaks of.
    detail
        What is wrong with one of them, in a few words.
    """
    told = [detail(row) for _, row in rows.iterrows()]
    named = rows[["row", "lead_id"]].assign(reason=reason)
    return named.assign(detail=pd.Series(told, index=rows.index, dtype=object))


def together(*parts: pd.DataFrame) -> pd.DataFrame:
    """Return all rows that are left out, in the order of the file."""
    empty = pd.DataFrame({name: pd.Series(dtype=object) for name in COLUMNS})
    filled = [part for part in parts if len(part)]
    if not filled:
        return empty
    return pd.concat(filled)[[*COLUMNS]].sort_values("row", kind="stable")
