"""Whether a column is filled later: told by rows that have not come that far."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.stats import betabinom

from scoring.lead_features.values import distinct_texts, is_filled, spread_out

MAX_COUNTED = 2000
MUCH_RARER = 0.1
RARER = 0.5
CHANCE = 1e-4
"""Chance below which a difference is none: a dozen columns, many days."""
NOTHING = frozenset(["", "0", "false", "n", "n/a", "na", "no", "none", "unknown"])
NOT_YET = frozenset(["select", "not set", "not specified", "pending", "open", "tbd"])


@dataclass(frozen=True)
class Skew:
    """A column that older rows fill and these rows do not.

    Attributes
    ----------
    share, share_here
        How many cells are filled in the older rows, and in these.
    n_here
        How many these rows are.
    constant
        The one value all of these rows have; `None` if they differ or are empty.
    """

    share: float
    share_here: float
    n_here: int
    constant: str | None = None

    @property
    def is_total(self) -> bool:
        """Tell whether hardly anything is left of the column."""
        return self.constant is not None or self.share_here < MUCH_RARER * self.share


def find_skew(older: pd.Series, here: pd.Series, *, any_constant: bool) -> Skew | None:
    """Return how the column is emptier here than chance allows, `None` if it is not.

    The share that older rows fill is itself known from so many rows only: the
    chance of seeing so few filled cells here is that of a beta-binomial draw.

    Parameters
    ----------
    older, here
        Cells of the column in rows that are done, and in rows that are not.
    any_constant
        Whether any value in all rows here is strange where older rows vary, or
        only one that says nothing, such as 0: the leads of one day may well be
        of one campaign.
    """
    older = older.iloc[spread_out(len(older), MAX_COUNTED)]
    here = here.iloc[spread_out(len(here), MAX_COUNTED)]
    if older.empty or here.empty:
        return None
    known, known_here = is_filled(older), is_filled(here)
    share, share_here = float(known.mean()), float(known_here.mean())
    rarer = share_here < RARER * share
    if rarer and chance_of_so_few(known, known_here) < CHANCE:
        return Skew(share, share_here, len(here))
    constant = only_text(here[known_here])
    if constant is None or not (any_constant or says_nothing(constant)):
        return None
    same = texts_of(older[known]) == constant
    if chance_of_so_few(~same, np.zeros(int(known_here.sum()), dtype=bool)) < CHANCE:
        return Skew(share, share_here, len(here), constant)
    return None


def chance_of_so_few(older: np.ndarray, here: np.ndarray) -> float:
    """Return the chance that so few are true here, if as many are as among the older.

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
