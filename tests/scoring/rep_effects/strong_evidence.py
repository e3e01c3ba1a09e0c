"""Rows that tell much of their rep, and arithmetic of 28 digits to judge by."""

from decimal import Decimal

import numpy as np

VARIANCES = (1e-6, 0.05, 25.0, 1e4)


def rows_of(n_rows: int, k: int, nearness: float) -> tuple[np.ndarray, np.ndarray]:
    """Return columns, (n_rows, k), and responses, (n_rows,), of rows of unit noise.

    Parameters
    ----------
    nearness
        How far apart the columns are, from the third on.
    """
    rng = np.random.default_rng(n_rows)
    columns = rng.normal(size=(n_rows, k))
    columns[:, 0] = 1
    columns[:, 2:] = (1 - nearness) * columns[:, 1:2] + nearness * columns[:, 2:]
    columns *= np.sqrt(rng.uniform(0.02, 0.25, n_rows))[:, None]
    response = columns @ rng.normal(0, 0.3, k) + rng.normal(size=n_rows)
    return columns, response


def covariance_of(k: int, variance: float) -> np.ndarray:
    """Return a covariance, (k, k), of about this variance."""
    rng = np.random.default_rng(k)
    root = rng.normal(size=(k, k))
    correlation = np.corrcoef(root @ root.T + k * np.eye(k))
    spread = np.sqrt(variance) * np.exp(rng.normal(0, 0.5, k))
    return spread[:, None] * correlation * spread


def decimals(array: np.ndarray) -> np.ndarray:
    """Return the same numbers, exactly, for arithmetic of 28 digits."""
    return np.vectorize(Decimal, otypes=[object])(array)


def solved(matrix: np.ndarray, right: np.ndarray) -> np.ndarray:
    """Return what the positive definite matrix is multiplied by to give the right side.

    Parameters
    ----------
    matrix, right
        Decimals, (n, n), and (n,) or (n, m).
    """
    matrix, right = matrix.copy(), right.copy()
    for i in range(len(matrix)):
        right[i] = right[i] / matrix[i, i]
        matrix[i] = matrix[i] / matrix[i, i]
        for j in range(len(matrix)):
            if j != i:
                right[j] = right[j] - matrix[j, i] * right[i]
                matrix[j, i:] = matrix[j, i:] - matrix[j, i] * matrix[i, i:]
    return right
