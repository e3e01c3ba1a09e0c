"""Columns that give the outcome away: by their values, or by being filled."""

import numpy as np
import pandas as pd

from scoring.history import has_both
from scoring.lead_features.values import is_filled
from scoring.leakage.discrimination import Auc, auc, column_auc
from scoring.leakage.leak import Leak, in_words
from scoring.leakage.names import is_doubtful

MIN_OF_EACH = 20
IMPLAUSIBLE = Auc(0.80, low=0.75)
"""Above this a single column of lead data was, as a rule, made afterwards."""
STRIKING = Auc(0.70, low=0.65)
TELLING = Auc(0.60, low=0.55)
"""Enough where the name is doubtful, too."""
MIN_PURE = 20
PURE = 0.98
PURE_CHANCE = 1e-6


def find_giveaway(name: str, column: pd.Series, won: np.ndarray) -> Leak | None:
    """Return how the column gives the outcome away, `None` if it does not.

    Parameters
    ----------
    name
        Its name; some need less evidence than others.
    column
        Numbers or texts of closed rows, (n_rows,).
    won
        1.0 or 0.0, (n_rows,). With fewer than `MIN_OF_EACH` of either nothing
        is found.
    """
    if not has_both(won, MIN_OF_EACH) or column.isna().all():
        return None
    return filled_by_outcome(is_filled(column), won) or tells_outcome(name, column, won)


def filled_by_outcome(filled: np.ndarray, won: np.ndarray) -> Leak | None:
    """Return a leak if being filled goes with one outcome.

    That is so if it ranks implausibly well, or if hardly any of the filled rows
    ended otherwise: what only some of the won deals have ranks badly, and still
    knows.
    """
    if filled.all() or not filled.any():
        return None
    of_won, of_lost = filled[won > 0].mean(), filled[won == 0].mean()
    found = auc(filled * np.sign(of_won - of_lost), won)
    if reaches(found, IMPLAUSIBLE) or is_pure(won[filled], float(won.mean())):
        shares = f"{in_words(of_won)} of the won and {in_words(of_lost)} of the lost"
        return Leak(f"filled in {shares} rows")
    return None


def is_pure(won: np.ndarray, win_rate: float) -> bool:
    """Tell whether nearly all of these rows ended alike, and not by chance."""
    share, usual = won.mean(), win_rate
    if share < 0.5:
        share, usual = 1 - share, 1 - usual
    enough = len(won) >= MIN_PURE and share >= PURE
    return bool(enough and usual ** len(won) < PURE_CHANCE)


def tells_outcome(name: str, column: pd.Series, won: np.ndarray) -> Leak | None:
    """Return a leak if the column alone ranks won before lost implausibly well."""
    found = column_auc(column, won)
    said = f"AUC {found.value:.2f} alone"
    if reaches(found, IMPLAUSIBLE):
        return Leak(f"{said}: implausible for something known in advance")
    if is_doubtful(name) and reaches(found, TELLING):
        return Leak(f"{said}, and columns of this name are rewritten afterwards")
    if reaches(found, STRIKING):
        return Leak(f"{said}: is it really known in advance?", certain=False)
    return None


def reaches(found: Auc, bar: Auc) -> bool:
    """Tell whether an AUC and the lower end of its interval pass the bar."""
    return found.value >= bar.value and found.low >= bar.low
