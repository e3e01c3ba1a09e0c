"""Leads of the ledger as rows of a day's table, with all columns that are known."""

from typing import Any

import pandas as pd

from crm import TABLES, CrmData
from runs.morning.lead_rows import rows_of


def lead_table(known: pd.DataFrame, crm: CrmData) -> pd.DataFrame:
    """Return leads as the table of a day that has no leads of its own.

    Parameters
    ----------
    known
        As :data:`ledger.people.book.BOOK` has it.
    """
    cells: dict[str, list[Any]] = {}
    for columns in known["columns"]:
        for name, cell in columns.items():
            cells.setdefault(name, []).append(cell)
    own = {
        name: pd.Series(dtype=float if _are_numbers(found) else object)
        for name, found in cells.items()
        if name not in TABLES["leads"]
    }
    return rows_of(known, crm.leads.iloc[:0].assign(**own))


def _are_numbers(cells: list[Any]) -> bool:
    return all(isinstance(cell, int | float) for cell in cells)
