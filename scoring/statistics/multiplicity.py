"""Multiple testing."""

import numpy as np
from numpy.typing import ArrayLike


def holm(p_values: ArrayLike) -> np.ndarray:
    """Return p-values adjusted for all tests together by Holm's method, (n,).

    However the tests depend on each other, the probability that any true null
    hypothesis has an adjusted p-value below a level is at most that level.

    References
    ----------
    Holm (1979), A simple sequentially rejective multiple test procedure,
    Scandinavian Journal of Statistics 6, 65-70.
    """
    p = np.asarray(p_values, dtype=np.float64)
    order = np.argsort(p, kind="stable")
    factor = np.arange(len(p), 0, -1)
    adjusted = np.empty(len(p))
    adjusted[order] = np.maximum.accumulate(factor * p[order])
    return np.minimum(adjusted, 1.0)
