"""Sums over reps of products of their rows."""

import numpy as np


def products(left: np.ndarray, right: np.ndarray) -> np.ndarray:
    """Return the sum over reps of ``left.T @ right``, (k, k), of (n, m, k) each."""
    k = left.shape[2]
    return left.reshape(-1, k).T @ right.reshape(-1, k)


def outer_squares(left: np.ndarray, right: np.ndarray) -> np.ndarray:
    """Return the sum over reps of ``left.T @ right`` times its transpose, (k, k).

    The products themselves cost more than those of rows where rows are few.

    Parameters
    ----------
    left, right
        (n, m, k) each.
    """
    if 2 * left.shape[1] < left.shape[2]:
        return products(left, right @ right.transpose(0, 2, 1) @ left)
    product = right.transpose(0, 2, 1) @ left
    return products(product, product)


def squares(left: np.ndarray, right: np.ndarray) -> np.ndarray:
    """Return the diagonal of :func:`outer_squares`, (k,), in less time.

    Parameters
    ----------
    left, right
        (n, m, k) each.
    """
    if 2 * left.shape[1] < left.shape[2]:
        by_row = right @ right.transpose(0, 2, 1) @ left
        return np.einsum("nmk,nmk->k", by_row, left)
    product = left.transpose(0, 2, 1) @ right
    return np.einsum("nkl,nkl->k", product, product)
