"""Columns filled later: rows that have not come that far lack them."""

import numpy as np
import pandas as pd
from scipy.stats import betabinom

from scoring.history.cells import distinct_texts, is_filled, spread_out
from scoring.leakage.leak import Leak, in_words

MAX_COUNTED = 2000
MUCH_RARER = 0.1
RARER = 0.5
NEGLIGIBLE_P = 1e-4
"""Probability below which it is no chance: a dozen columns, many days."""
NOTHING = frozenset(["", "0", "false", "n", "n/a", "na", "no", "none", "unknown"])
NOT_YET = frozenset(["select", "not set", "not specified", "pending", "open", "tbd"])


def find_skew(
    older: pd.Series, here: pd.Series | None, called: str, *, any_constant: bool = False
) -> Leak | None:
    """Return a leak if the column is emptier here than chance allows.

    The share that older rows fill is itself known from so many rows only: the
    probability of so few filled cells here is that of a beta-binomial variable. The
    leak is certain where hardly anything is left of the column.

    Parameters
    ----------
    older, here
        Cells of the column in rows that are done, and in rows that are not; `None`
        where these do not have it.
    called
        What the rows here are, in words.
    any_constant
        Whether any value in all rows here is strange where older rows vary, or
        only one that says nothing, such as 0: the leads of one day may well be
        of one campaign.
    """
    if here is None or here.empty or older.empty:
        return None
    older = older.iloc[spread_out(len(older), MAX_COUNTED)]
    here = here.iloc[spread_out(len(here), MAX_COUNTED)]
    there = f"the {len(here):,} {called}"
    known, known_here = is_filled(older), is_filled(here)
    share, share_here = float(known.mean()), float(known_here.mean())
    if share_here < RARER * share and p_of_so_few(known, known_here) < NEGLIGIBLE_P:
        shares = f"{in_words(share)} of the closed rows but in {in_words(share_here)}"
        certain = share_here < MUCH_RARER * share
        return Leak(f"filled in {shares} of {there}", certain=certain)
    constant = only_text(here[known_here])
    if constant is None or not (any_constant or says_nothing(constant)):
        return None
    same = texts_of(older[known]) == constant
    if p_of_so_few(~same, np.zeros(int(known_here.sum()), dtype=bool)) < NEGLIGIBLE_P:
        return Leak(f"{constant} in all of {there}, but not in closed rows")
    return None


def p_of_so_few(older: np.ndarray, here: np.ndarray) -> float:
    """Return the probability of so few true here, if as many are as among the older.

    Parameters
    ----------
    older, here
        (n_older,) bool and (n_here,) bool.
    """
    n_true = int(older.sum())
    prior = (1 + n_true, 1 + len(older) - n_true)
    return float(betabinom.cdf(int(here.sum()), len(here), *prior))


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
