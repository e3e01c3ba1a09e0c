"""How unequal some amounts are, in one figure."""

import numpy as np
from numpy.typing import NDArray


def gini(amounts: NDArray[np.float64]) -> float:
    """Return the Gini coefficient: 0 where all are equal, near 1 where one has all.

    It is half the mean distance of two amounts, over their mean; 0 where there is
    nothing to share.

    Parameters
    ----------
    amounts
        Shape (n,), not negative.

    References
    ----------
    Gini (1912), Variabilità e mutabilità.
    """
    total, n = amounts.sum(), len(amounts)
    if total <= 0:
        return 0.0
    rank = np.arange(1, n + 1)
    return float((2 * rank - n - 1) @ np.sort(amounts) / (n * total))


def min_max_ratio(amounts: NDArray[np.float64]) -> float:
    """Return the least amount as a share of the largest: 1 where all are equal.

    Parameters
    ----------
    amounts
        Shape (n,), not negative.
    """
    most = amounts.max(initial=0.0)
    return float(amounts.min() / most) if most > 0 else 1.0
