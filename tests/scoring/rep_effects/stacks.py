"""Stacks of reps, and the precision of their responses by hand."""

import numpy as np

from scoring.rep_effects.likelihood import Stack


def stack_of(n: int = 5, m: int = 7, k: int = 4) -> Stack:
    """Return so many reps with so many rows of so many columns."""
    rng = np.random.default_rng(m + k)
    return Stack(np.arange(n), rng.normal(size=(n, m, k)), rng.normal(size=(n, m)))


def by_hand(stack: Stack, covariance: np.ndarray) -> np.ndarray:
    """Return the precision of the responses, (n, m, m), under a prior."""
    rows = stack.columns
    return np.linalg.inv(
        np.eye(rows.shape[1]) + rows @ covariance @ np.swapaxes(rows, 1, 2)
    )
