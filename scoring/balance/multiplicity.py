"""Many tests at once."""

import numpy as np


def holm(p_values: np.ndarray) -> np.ndarray:
    """Return p-values below 0.05 only where they stand beside all the others, (n,).

    However the tests depend on each other, the chance that any of those that are
    truly nothing falls below a level is at most that level.

    References
    ----------
    Holm (1979), A simple sequentially rejective multiple test procedure,
    Scandinavian Journal of Statistics 6, 65-70.
    """
    order = np.argsort(p_values, kind="stable")
    factor = np.arange(len(p_values), 0, -1)
    adjusted = np.empty(len(p_values))
    adjusted[order] = np.maximum.accumulate(factor * p_values[order])
    return np.minimum(adjusted, 1.0)
