"""Conversion rates of reps on distributed leads, shrunken to the mean of all reps."""

from collections.abc import Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.optimize import minimize_scalar
from scipy.special import betaln

from scoring.history.rows import closed_history, is_assigned, is_won

LOG_STRENGTH = (-2.0, 6.0)
"""Where the strength of shrinkage is looked for: powers of ten, in leads."""
LEAST_GAIN = 1e-6
"""Log likelihood that a spread must add to no spread at all."""


def assigned_conversion(
    history: pd.DataFrame, rep_ids: Sequence[str]
) -> NDArray[np.float64]:
    """Return each rep's shrunken conversion of distributed leads, shape (n_reps,).

    Empirical Bayes with a beta prior: rates are shrunken towards the mean of all reps
    as if each had had so many more leads that convert at the mean, as many as maximise
    the beta-binomial likelihood. Where reps differ no more than binomial noise, all get
    the mean, as does a rep without history.

    Parameters
    ----------
    history
        Table of assigned leads; open and self-generated ones are left out.
    rep_ids
        Reps, (n_reps,).

    References
    ----------
    Skellam (1948), A probability distribution derived from the binomial distribution
    by regarding the probability of success as variable between the sets of trials,
    Journal of the Royal Statistical Society B 10, 257-261.
    """
    rows = closed_history(history)
    return shrunken_conversion(rows[is_assigned(rows)], rep_ids)


def shrunken_conversion(
    rows: pd.DataFrame, rep_ids: Sequence[str]
) -> NDArray[np.float64]:
    """Return each rep's shrunken conversion in these closed rows, (n_reps,).

    As :func:`assigned_conversion`, of whatever leads the rows are.
    """
    reps, rep = np.unique(rows["rep_id"].to_numpy(dtype=object), return_inverse=True)
    won = np.bincount(rep, is_won(rows), len(reps)).astype(float)
    n_leads = np.bincount(rep, minlength=len(reps)).astype(float)
    mean = won.sum() / max(n_leads.sum(), 1)
    strength = _strength(won, n_leads, mean)
    shrunken = np.full(len(reps), mean)
    if np.isfinite(strength):
        shrunken = (won + strength * mean) / (n_leads + strength)
    conversion_of = dict(zip(reps, shrunken.tolist(), strict=True))
    return np.array([conversion_of.get(rep_id, mean) for rep_id in rep_ids], float)


def _strength(
    won: NDArray[np.float64], n_leads: NDArray[np.float64], mean: float
) -> float:
    """Return how many leads the prior counts for; infinite where reps do not differ."""
    if len(won) < 2 or not 0 < mean < 1:
        return np.inf

    def gain(log_strength: float) -> float:
        """Log likelihood of a beta-binomial less that of no spread."""
        a = 10**log_strength * np.array([mean, 1 - mean])
        lost = n_leads - won
        spread = betaln(a[0] + won, a[1] + lost) - betaln(*a)
        none = won * np.log(mean) + lost * np.log(1 - mean)
        return float(np.sum(spread - none))

    best = minimize_scalar(
        lambda log_strength: -gain(log_strength),
        bounds=LOG_STRENGTH,
        method="bounded",
    )
    return float(10**best.x) if -best.fun > LEAST_GAIN else np.inf
