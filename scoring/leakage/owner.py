"""Owners decided by the outcome: rep ids that tell how a lead ended."""

from collections.abc import Iterator

import numpy as np
import pandas as pd
from scipy.special import expit
from scipy.stats import binom

from scoring.history.rows import has_both, has_owner, is_distributed, is_won
from scoring.leakage.discrimination import IMPLAUSIBLE, auc, column_auc, reaches
from scoring.leakage.leak import in_words

MARGIN, PURE_MARGIN = 2.5, 1.5
"""Log odds between a rep's leads and like leads of others that no selling explains: the
lower where all leads of the rep ended alike."""
LOW_P = 1e-3
"""Of all reps together."""
PLAIN = 0.7
"""AUC of the lead model up to which leads do not explain that their rep tells."""
N_BINS = 50
BISECTIONS = 50
FARTHEST = 40.0


def why_owner_tells(
    rows: pd.DataFrame, quality: np.ndarray, rep_ids: pd.Series | None = None
) -> str:
    """Return why owners were decided by the outcome, empty if they were not.

    Parameters
    ----------
    rows
        Closed history, (n_rows,).
    quality
        Cross-fitted log odds of each lead whoever has it, (n_rows,).
    rep_ids
        The reps of the day; `None` where they are not known.
    """
    distributed = is_distributed(rows)
    rows, quality = rows[distributed], quality[distributed]
    won = is_won(rows)
    if not has_both(won):
        return ""
    reason = next(reasons(rows, quality, won, rep_ids), "")
    return reason and f"who owned a lead was decided by how it ended: {reason}"


def reasons(
    rows: pd.DataFrame,
    quality: np.ndarray,
    won: np.ndarray,
    rep_ids: pd.Series | None,
) -> Iterator[str]:
    """Yield each reason to hold that owners were decided by the outcome."""
    owner, owned = rows["rep_id"], has_owner(rows)
    if apart(quality, won, owned.astype(int)).any():
        yield f"a rep is named in {shares(owned, won)} rows"
    if rep_ids is not None:
        former = owned & ~owner.isin(rep_ids).to_numpy()
        if apart(quality, won, former.astype(int)).any():
            yield f"owners who are not among the reps have {shares(former, won)} rows"
    rep, names = pd.factorize(owner[owned].to_numpy(dtype=object), sort=True)
    if len(names) < 2 or not has_both(won[owned]):
        return
    telling = np.flatnonzero(apart(quality[owned], won[owned], rep))
    if len(telling):
        yield in_figures(names, telling, rep, won[owned])
    ranking = column_auc(owner[owned], won[owned])
    by_lead = auc(quality[owned], won[owned])
    if reaches(ranking, IMPLAUSIBLE) and by_lead.value < PLAIN:
        yield f"the rep alone ranks won before lost with an AUC of {ranking.value:.2f}"


def shares(member: np.ndarray, won: np.ndarray) -> str:
    """Return which part of the won and of the lost rows these are, in words."""
    of_won, of_lost = member[won > 0].mean(), member[won == 0].mean()
    return f"{in_words(of_won)} of the won and {in_words(of_lost)} of the lost"


def in_figures(
    names: np.ndarray, telling: np.ndarray, rep: np.ndarray, won: np.ndarray
) -> str:
    """Return the wins of the largest rep who tells the outcome, and of all others."""
    largest = telling[np.argmax(np.bincount(rep, minlength=len(names))[telling])]
    own = rep == largest
    return (
        f"{names[largest]} won {int(won[own].sum()):,} of {int(own.sum()):,} leads, "
        f"the others {int(won[~own].sum()):,} of {int((~own).sum()):,}"
    )


def apart(quality: np.ndarray, won: np.ndarray, group: np.ndarray) -> np.ndarray:
    """Tell which groups win so much more or less that it cannot be their selling.

    Each is compared with like leads of all other groups: it must be more than the
    margin beyond them, significantly.

    Parameters
    ----------
    quality
        Log odds of each lead whoever has it, (n_rows,).
    won
        1.0 or 0.0, (n_rows,).
    group
        Number of each row's group, from 0, (n_rows,).

    Returns
    -------
    numpy.ndarray
        (n_groups,) bool.
    """
    n_groups = int(group.max(initial=0)) + 1
    order = np.argsort(np.argsort(quality, kind="stable"), kind="stable")
    in_bin = order * N_BINS // max(1, len(quality))
    total = np.bincount(in_bin, minlength=N_BINS)
    centre = np.bincount(in_bin, quality, N_BINS) / np.maximum(total, 1)
    place = group * N_BINS + in_bin
    n = np.bincount(place, minlength=n_groups * N_BINS).reshape(n_groups, N_BINS)
    wins = np.bincount(group, won, n_groups)
    n_own, others = n.sum(axis=1), total - n
    compared = (n_own > 0) & (others.sum(axis=1) > 0)
    level = level_of(centre, others, won.sum() - wins)
    margin = np.where((wins == 0) | (wins == n_own), PURE_MARGIN, MARGIN)
    low, high = (
        np.sum(n * expit(centre + (level + shift)[:, None]), axis=1)
        / np.maximum(n_own, 1)
        for shift in (-margin, margin)
    )
    fewer, more = binom.cdf(wins, n_own, low), binom.sf(wins - 1, n_own, high)
    telling: np.ndarray = np.minimum(fewer, more) < LOW_P / (2 * n_groups)
    return telling & compared


def level_of(centre: np.ndarray, n: np.ndarray, wins: np.ndarray) -> np.ndarray:
    """Return the shift of log odds that gives each row of counts its wins.

    Parameters
    ----------
    centre
        Log odds of each bin, (n_bins,).
    n
        Leads, (n_groups, n_bins).
    wins
        Wins, (n_groups,); half a win and half a loss are added.
    """
    total = n.sum(axis=1)
    wanted = (wins + 0.5) / (total + 1) * total
    low = np.full(len(n), -FARTHEST)
    high = np.full(len(n), FARTHEST)
    for _ in range(BISECTIONS):
        middle = (low + high) / 2
        too_few = np.sum(n * expit(centre + middle[:, None]), axis=1) < wanted
        low, high = np.where(too_few, middle, low), np.where(too_few, high, middle)
    return (low + high) / 2
