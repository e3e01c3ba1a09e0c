"""Amounts with a currency: units beside numbers, and rates that make them one."""

import numpy as np
import pandas as pd

from crm.currencies import currency_code
from crm.issues import Issue, listed
from crm.source import Source
from crm.table import Table, text_frame
from crm.value_keys import Rates

MONEY = ("deal_value", "won_value")
"""Columns of amounts that `rates` convert."""
NAMED = 6
_DIGITS = 4
"""Decimals of a converted amount."""


def unit_issues(
    source: Source, table: Table, column: str, codes: np.ndarray, units: np.ndarray
) -> list[Issue]:
    """Return what units were removed; an error where they are of different kinds.

    Parameters
    ----------
    source
        The source, whose `rates` may tell currencies apart.
    table, column
        Where the amounts are.
    codes
        Row -> place among the distinct texts, shape (n_rows,).
    units
        The unit of each distinct text, shape (n_texts,).
    """
    rows = pd.Series(units[codes], dtype=object)
    counts = rows[rows != ""].value_counts()
    told = listed([f"{unit} (rows: {n:,})" for unit, n in counts.items()], NAMED)
    kinds = {currency_code(unit) for unit in counts.index}
    if len(kinds) == 1:
        return [_said(table, column, f"beside the numbers, and removed: {told}")]
    if source.rates and column in MONEY and "%" not in kinds:
        return []
    message = f"amounts of different units cannot be one column: {told}"
    if column in MONEY:
        message += "; give rates, such as rates: {to: EUR, GBP: 1.17}"
    return [Issue(table.file, message, None, column)]


def converted(
    rates: Rates,
    table: Table,
    file: Table,
    column: str,
    cells: np.ndarray,
    units: np.ndarray,
) -> tuple[np.ndarray, list[Issue]]:
    """Return the amounts in one currency, and an error for each without a rate.

    Parameters
    ----------
    rates
        The rates.
    table, file
        Our table, and the file's own columns, row by row the same.
    column
        Our column of amounts.
    cells
        Plain numbers, ``""`` where empty, shape (n_rows,).
    units
        Currency beside each number, ``""`` for none, shape (n_rows,).
    """
    currency = np.where(units == "", _currency(rates, file, len(cells)), units)
    filled = cells != ""
    codes, distinct = pd.factorize(currency)
    factors = [rates.factor(unit) for unit in distinct]
    factor = np.array([np.nan if f is None else f for f in factors])[codes]
    shown = Table(table.file, text_frame([column], [currency]), table.rows)
    unknown = filled & np.isnan(factor)
    message = f"no rate makes this currency {rates.to}; add it to rates"
    issues = shown.issues(unknown, column, message)
    moved = filled & ~np.isnan(factor) & (factor != 1)
    amounts = cells[moved].astype(float) * factor[moved]
    result = cells.copy()
    result[moved] = [repr(float(a)) for a in np.round(amounts, _DIGITS)]
    without = filled & (currency == "")
    if without.any() and (~without & filled).any():
        message = (
            f"{without.sum():,} amounts have no currency: they count as {rates.to}"
        )
        issues.append(_said(table, column, message))
    return result, issues


def _currency(rates: Rates, file: Table, n_rows: int) -> np.ndarray:
    if rates.column is None:
        return np.full(n_rows, "", dtype=object)
    return file.frame[rates.column].to_numpy()


def _said(table: Table, column: str, message: str) -> Issue:
    return Issue(table.file, message, None, column, severity="warning")
