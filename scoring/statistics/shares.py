"""How sure a share is."""

import numpy as np


def wilson_interval(
    share: np.ndarray | float, n: np.ndarray | float, z: float
) -> tuple[np.ndarray, np.ndarray]:
    """Return the ends of the intervals of shares, within 0 and 1, (n,) each.

    Parameters
    ----------
    share
        Observed, (n,) or one; NaN stays NaN.
    n
        How many it is a share of, (n,).
    z
        Standard errors on each side.

    References
    ----------
    Wilson (1927), Probable inference, the law of succession, and statistical
    inference, doi:10.1080/01621459.1927.10502953.
    """
    centre = (share + z**2 / (2 * n)) / (1 + z**2 / n)
    half = np.sqrt(share * (1 - share) / n + z**2 / (4 * n**2))
    half = half * (z / (1 + z**2 / n))
    # Rounding may lead out of what a share can be.
    return np.maximum(centre - half, 0.0), np.minimum(centre + half, 1.0)
