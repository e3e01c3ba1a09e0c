"""Log odds of outcomes: of leads by their columns, of reps by pooling."""

import numpy as np
from numpy.typing import NDArray
from scipy.special import logit
from sklearn.linear_model import LogisticRegression


def fit_logistic(
    matrix: NDArray[np.float64], won: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Return the weights of a ridge logistic regression, (n_columns,).

    Where nothing or everything was won, or there are no columns, the base rate alone.

    Parameters
    ----------
    matrix
        Constant one and standardised columns, (n_rows, n_columns).
    won
        1 or 0, (n_rows,).
    """
    weights = np.zeros(matrix.shape[1])
    if matrix.shape[1] > 1 and 0 < won.sum() < len(won):
        model = LogisticRegression(solver="newton-cholesky")
        model.fit(matrix[:, 1:], won)
        weights[0], weights[1:] = model.intercept_[0], model.coef_[0]
    else:
        weights[0] = logit((won.sum() + 0.5) / (len(won) + 1))
    return weights


def pooled_effects(
    surplus: NDArray[np.float64],
    variance: NDArray[np.float64],
    rep: NDArray[np.integer],
    n_reps: int,
) -> NDArray[np.float64]:
    """Return what each rep adds to log odds, (n_reps,), shrunken to nothing.

    One Newton step from zero under a normal prior, whose variance is what the
    surpluses vary by beyond chance.

    Parameters
    ----------
    surplus
        Outcome less what was expected, (n_rows,).
    variance
        Of each outcome, (n_rows,).
    rep
        Position of each row's rep, (n_rows,).
    """
    score = np.bincount(rep, surplus, n_reps)
    known = np.bincount(rep, variance, n_reps)
    beyond_chance = np.sum(score**2 - known) / max(np.sum(known**2), 1e-12)
    spread = max(0.0, float(beyond_chance))
    return score * spread / (1 + known * spread)
