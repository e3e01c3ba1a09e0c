"""Log odds of outcomes: of leads by their columns, of reps by pooling."""

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit

RIDGE = 1.0
OF_CONSTANT = 1e-3
"""Keeps the base rate within reach where nothing or everything was won."""
STEPS = 8


def fit_logistic(
    matrix: NDArray[np.float64], won: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Return the weights of a ridge logistic regression, (n_columns,).

    Newton steps from the base rate; the first column is the constant and hardly
    shrunken.

    Parameters
    ----------
    matrix
        Constant one and standardised columns, (n_rows, n_columns).
    won
        1 or 0, (n_rows,).
    """
    shrinkage = np.full(matrix.shape[1], RIDGE)
    shrinkage[0] = OF_CONSTANT
    rate = (won.sum() + 0.5) / (len(won) + 1)
    weights = np.zeros(matrix.shape[1])
    weights[0] = np.log(rate / (1 - rate))
    for _ in range(STEPS):
        chance = expit(matrix @ weights)
        slope = matrix.T @ (won - chance) - shrinkage * weights
        curved = matrix * (chance * (1 - chance))[:, None]
        bend = matrix.T @ curved + np.diag(shrinkage)
        weights = weights + np.linalg.solve(bend, slope)
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
