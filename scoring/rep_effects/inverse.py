"""Inverses of many small matrices at once."""

import numpy as np

LARGEST = 8
"""Up to so many rows the library's own inverse of a triangle is the faster."""


def inverse_root(matrices: np.ndarray) -> np.ndarray:
    """Return a root of each inverse, (n, m, m): its transpose times it is the inverse.

    The inverse of Cholesky's factor, a lower triangle. It stays exact where the
    evidence is strong: differences of blocks, as Schur's complement has them, lose all
    digits there.

    Parameters
    ----------
    matrices
        Symmetric positive definite, (n, m, m).

    References
    ----------
    Du Croz and Higham (1992), Stability of methods for matrix inversion, IMA Journal
    of Numerical Analysis 12, 1-19, doi:10.1093/imanum/12.1.1.
    """
    return inverse_of_triangle(np.linalg.cholesky(matrices))


def inverse_of_triangle(lower: np.ndarray) -> np.ndarray:
    """Return the inverse of each lower triangle, (n, m, m), by halves.

    Parameters
    ----------
    lower
        (n, m, m), with zeros above the diagonal.
    """
    size = lower.shape[1]
    if size <= LARGEST:
        return np.linalg.inv(lower)
    half = size // 2
    first = inverse_of_triangle(lower[:, :half, :half])
    last = inverse_of_triangle(lower[:, half:, half:])
    result = np.zeros_like(lower)
    result[:, :half, :half] = first
    result[:, half:, half:] = last
    result[:, half:, :half] = -last @ (lower[:, half:, :half] @ first)
    return result
