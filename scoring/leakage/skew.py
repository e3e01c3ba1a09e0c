"""Columns that are filled later: open rows and new leads lack them."""

import numpy as np
import pandas as pd
from scipy.stats import betabinom

from scoring.history.cells import distinct_texts, is_filled, spread_out
from scoring.leakage.leak import Leak, in_words

MAX_COUNTED = 2000
MUCH_RARER = 0.1
RARER = 0.5
LOW_P = 1e-4
"""p-value of a leak, low enough for a dozen columns on many days."""
NOTHING = frozenset(["", "0", "false", "n", "n/a", "na", "no", "none", "unknown"])
NOT_YET = frozenset(["select", "not set", "not specified", "pending", "open", "tbd"])


def find_skew(
    older: pd.Series,
    recent: pd.Series | None,
    description: str,
    *,
    any_constant: bool = False,
) -> Leak | None:
    """Return a leak if the column is significantly emptier in recent rows.

    The share that older rows fill is itself an estimate, so that the number of filled
    cells in recent rows is beta-binomial. The leak is certain where hardly any recent
    cell is filled.

    Parameters
    ----------
    older, recent
        Cells of the column in closed rows, and in open rows or leads; `None` where
        these do not have it.
    description
        What the recent rows are, in words.
    any_constant
        Whether any constant in recent rows is suspicious where older rows vary, or
        only one that says nothing, such as 0: the leads of one day may well be
        of one campaign.
    """
    if recent is None or recent.empty or older.empty:
        return None
    older = older.iloc[spread_out(len(older), MAX_COUNTED)]
    recent = recent.iloc[spread_out(len(recent), MAX_COUNTED)]
    recent_rows = f"the {len(recent):,} {description}"
    filled, recent_filled = is_filled(older), is_filled(recent)
    share, recent_share = float(filled.mean()), float(recent_filled.mean())
    if recent_share < RARER * share and lower_tail_p(filled, recent_filled) < LOW_P:
        shares = f"{in_words(share)} of the closed rows but in {in_words(recent_share)}"
        certain = recent_share < MUCH_RARER * share
        return Leak(f"filled in {shares} of {recent_rows}", certain=certain)
    constant = only_text(recent[recent_filled])
    if constant is None or not (any_constant or says_nothing(constant)):
        return None
    same = texts_of(older[filled]) == constant
    none_differs = np.zeros(int(recent_filled.sum()), dtype=bool)
    if lower_tail_p(~same, none_differs) < LOW_P:
        return Leak(f"{constant} in all of {recent_rows}, but not in closed rows")
    return None


def lower_tail_p(older: np.ndarray, recent: np.ndarray) -> float:
    """Return the probability of so few true cells at the older rows' rate.

    Parameters
    ----------
    older, recent
        (n_older,) bool and (n_here,) bool.
    """
    n_true = int(older.sum())
    prior = (1 + n_true, 1 + len(older) - n_true)
    return float(betabinom.cdf(int(recent.sum()), len(recent), *prior))


def only_text(cells: pd.Series) -> str | None:
    """Return the text that all of these cells hold, `None` if they differ."""
    return str(texts_of(cells.iloc[:1])[0]) if cells.nunique() == 1 else None


def texts_of(cells: pd.Series) -> np.ndarray:
    """Return the cells as texts, (n_rows,) object."""
    place, texts = distinct_texts(cells)
    return texts[place]


def says_nothing(text: str) -> bool:
    """Tell whether this stands for a value still to come."""
    return text.strip().lower() in NOTHING | NOT_YET
