"""Columns that predict the outcome too well, by their values or by being filled."""

from typing import NamedTuple

import numpy as np
import pandas as pd
from pandas.api.types import is_numeric_dtype
from scipy.stats import rankdata

from scoring.history.cells import distinct_texts, is_filled
from scoring.history.rows import has_both
from scoring.leakage.leak import Leak, in_words
from scoring.leakage.names import is_doubtful

N_FOLDS = 5
MAX_BINS = 20
ROWS_PER_BIN = 20
PRIOR_ROWS = 5.0
Z_95 = 1.96


class Auc(NamedTuple):
    """An area under the ROC curve, and the lower end of its 95 % interval."""

    value: float
    low: float


MIN_OF_EACH = 20
IMPLAUSIBLE = Auc(0.80, low=0.75)
"""A single column above this was, as a rule, filled in afterwards."""
STRIKING = Auc(0.70, low=0.65)
TELLING = Auc(0.60, low=0.55)
"""Enough where the name is doubtful, too."""
MIN_PURE = 20
PURE = 0.98
PURE_P = 1e-6


def column_auc(column: pd.Series, won: np.ndarray) -> Auc:
    """Return how well the column ranks rows by the outcomes of others.

    Each row is ranked by the win rate of its level among the rows of the other
    folds; a missing cell is a level of its own. Numbers are cut into bins of
    equal size for that, or taken as they are, whichever ranks better: bins find
    what rises and falls again, but lose some of what only rises.

    Parameters
    ----------
    column
        Numbers or texts, (n_rows,).
    won
        1.0 or 0.0, (n_rows,), with both outcomes.
    """
    by_level = auc(rates_elsewhere(levels_of(column), won), won)
    if not is_numeric_dtype(column):
        return by_level
    amounts = column.to_numpy(dtype=np.float64)
    median = np.nanquantile(amounts, 0.5, method="lower")
    amounts = np.where(np.isnan(amounts), median, amounts)
    candidates = (by_level, auc(amounts, won), auc(-amounts, won))
    return max(candidates, key=lambda candidate: candidate.value)


def levels_of(column: pd.Series) -> np.ndarray:
    """Return each row's level as a number from 0, (n_rows,) int64."""
    if is_numeric_dtype(column):
        return binned(column.to_numpy(dtype=np.float64))
    place, texts = distinct_texts(column.where(is_filled(column)))
    return np.where(place < 0, len(texts) - 1, place)


def binned(values: np.ndarray) -> np.ndarray:
    """Return bins of about equal size, equal numbers together, the missing last."""
    known = values[~np.isnan(values)]
    if known.size == 0:
        return np.zeros(len(values), dtype=np.int64)
    n_bins = int(np.clip(len(known) // ROWS_PER_BIN, 2, MAX_BINS))
    share = np.linspace(0, 1, n_bins + 1)
    edges = np.unique(np.quantile(known, share, method="lower"))
    level = np.searchsorted(edges, values)
    return np.where(np.isnan(values), len(edges), level)


def rates_elsewhere(level: np.ndarray, won: np.ndarray) -> np.ndarray:
    """Return each row's win rate of its level in the other folds, (n_rows,).

    Rates are pulled towards the mean as if `PRIOR_ROWS` rows had it.
    """
    n_levels = int(level.max()) + 1
    fold = np.arange(len(won)) % N_FOLDS
    place = level * N_FOLDS + fold
    n = np.bincount(place, minlength=n_levels * N_FOLDS).reshape(n_levels, N_FOLDS)
    wins = np.bincount(place, won, n_levels * N_FOLDS).reshape(n_levels, N_FOLDS)
    n_else = n.sum(axis=1, keepdims=True) - n
    wins_else = wins.sum(axis=1, keepdims=True) - wins
    mean = wins_else.sum(axis=0) / n_else.sum(axis=0)
    rate = (wins_else + PRIOR_ROWS * mean) / (n_else + PRIOR_ROWS)
    # Folds differ in their mean by the rows they leave out: only what a level
    # adds to it may rank.
    return (rate - mean)[level, fold]


def auc(score: np.ndarray, won: np.ndarray) -> Auc:
    """Return the area under the curve of this ranking, ties counted as half.

    References
    ----------
    Hanley and McNeil (1982), The meaning and use of the area under a receiver
    operating characteristic (ROC) curve, for the standard error.
    """
    n_won = won.sum()
    n_lost = len(won) - n_won
    ranks = rankdata(score)[won > 0].sum()
    a = float((ranks - n_won * (n_won + 1) / 2) / (n_won * n_lost))
    both_won = a / (2 - a) - a**2
    both_lost = 2 * a**2 / (1 + a) - a**2
    variance = a * (1 - a) + (n_won - 1) * both_won + (n_lost - 1) * both_lost
    error = np.sqrt(max(0.0, variance) / (n_won * n_lost))
    return Auc(a, float(a - Z_95 * error))


def find_discrimination(name: str, column: pd.Series, won: np.ndarray) -> Leak | None:
    """Return a leak if the column predicts the outcome too well.

    Parameters
    ----------
    name
        Its name; some need less evidence than others.
    column
        Numbers or texts of closed rows, (n_rows,).
    won
        1.0 or 0.0, (n_rows,). Nothing is found with fewer than
        `MIN_OF_EACH` of either.
    """
    if not has_both(won, MIN_OF_EACH) or column.isna().all():
        return None
    return filled_by_outcome(is_filled(column), won) or predicts_outcome(
        name, column, won
    )


def filled_by_outcome(filled: np.ndarray, won: np.ndarray) -> Leak | None:
    """Return a leak if being filled goes with one outcome.

    That is so if it ranks implausibly well, or if hardly any of the filled rows
    has the other outcome: a column that only some of the won deals have ranks badly,
    and still leaks.
    """
    if filled.all() or not filled.any():
        return None
    of_won, of_lost = filled[won > 0].mean(), filled[won == 0].mean()
    ranking = auc(filled * np.sign(of_won - of_lost), won)
    if reaches(ranking, IMPLAUSIBLE) or is_pure(won[filled], float(won.mean())):
        shares = f"{in_words(of_won)} of the won and {in_words(of_lost)} of the lost"
        return Leak(f"filled in {shares} rows")
    return None


def is_pure(won: np.ndarray, win_rate: float) -> bool:
    """Tell whether significantly nearly all of these rows have one outcome."""
    share, usual = won.mean(), win_rate
    if share < 0.5:
        share, usual = 1 - share, 1 - usual
    enough = len(won) >= MIN_PURE and share >= PURE
    return bool(enough and usual ** len(won) < PURE_P)


def predicts_outcome(name: str, column: pd.Series, won: np.ndarray) -> Leak | None:
    """Return a leak if the column alone ranks won before lost implausibly well."""
    ranking = column_auc(column, won)
    figure = f"AUC {ranking.value:.2f} alone"
    if reaches(ranking, IMPLAUSIBLE):
        return Leak(f"{figure}: implausible for something known in advance")
    if is_doubtful(name) and reaches(ranking, TELLING):
        return Leak(f"{figure}, and columns of this name are rewritten afterwards")
    if reaches(ranking, STRIKING):
        return Leak(f"{figure}: is it really known in advance?", certain=False)
    return None


def reaches(ranking: Auc, bar: Auc) -> bool:
    """Tell whether an AUC and the lower end of its interval pass the bar."""
    return ranking.value >= bar.value and ranking.low >= bar.low
