"""Cells as a workbook can hold them."""

import re
from datetime import date, datetime
from typing import Any

import numpy as np
import pandas as pd

from crm.characters import visible

MOST_LETTERS = 32_767
"""UTF-16 units that a cell holds."""
_NO_XML = re.compile("[\ud800-\udfff\ufffe\uffff]")

Cell = str | bool | int | float | datetime | None


def cell_of(value: Any) -> Cell:
    """Return the value as text, number, truth or naive moment; None for nothing.

    A number that is not finite is nothing; a moment keeps the clock of its zone.
    """
    if value is None or value is pd.NaT or value is pd.NA:
        return None
    if isinstance(value, bool | np.bool_):
        return bool(value)
    if isinstance(value, int | np.integer):
        return int(value)
    if isinstance(value, float | np.floating):
        return float(value) if np.isfinite(value) else None
    if isinstance(value, datetime):
        return pd.Timestamp(value).tz_localize(None).to_pydatetime(warn=False)
    if isinstance(value, date):
        return datetime(value.year, value.month, value.day)
    return str(value)


def shown_text(text: str) -> str:
    """Return the text as XML can hold it: what acts unseen is written as an escape."""
    return visible(_NO_XML.sub("\ufffd", text))


def cut_text(text: str) -> str:
    """Return as much of the text as a cell holds, and how long it was."""
    units = text.encode("utf-16-le")
    if len(units) <= 2 * MOST_LETTERS:
        return text
    end = f" [cut: {len(text):,} letters]"
    room = 2 * (MOST_LETTERS - len(end))
    return units[:room].decode("utf-16-le", "ignore") + end
