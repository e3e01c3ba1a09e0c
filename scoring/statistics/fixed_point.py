"""Fixed points of steps that converge slowly, by squared extrapolation."""

from collections.abc import Callable

import numpy as np

CYCLES = 20
TOLERANCE = 1e-2
TINY = 1e-300
Step = Callable[[np.ndarray], np.ndarray]


def fixed_point(
    step: Step,
    start: np.ndarray,
    unit: np.ndarray,
    is_valid: Callable[[np.ndarray], bool],
) -> np.ndarray:
    """Return where steps, as those of an EM algorithm, come to rest.

    Two steps tell how slowly they converge: as far as they would go in the end is gone
    at once, and one more step makes good what that missed.

    Parameters
    ----------
    step
        From an array to one of the same shape.
    start
        Where to begin; where `unit` is 0, it stays.
    unit
        What a change of each number is measured by, of the same shape, none below 0:
        a rest of less than `TOLERANCE` units counts as none.
    is_valid
        Whether a step can be made from an array; it can from what `step` returns.

    References
    ----------
    Varadhan and Roland (2008), Simple and globally convergent methods for accelerating
    the convergence of any EM algorithm, doi:10.1111/j.1467-9469.2007.00585.x.
    """
    weight = np.divide(1.0, unit, out=np.zeros_like(unit), where=unit > 0)
    for _ in range(CYCLES):
        once = step(start)
        twice = step(once)
        change = once - start
        turn = twice - once - change
        size = float(np.linalg.norm(weight * change))
        length = max(1.0, size / max(float(np.linalg.norm(weight * turn)), TINY))
        if length * size < TOLERANCE:
            return twice
        far = start + length * (2 * change + length * turn)
        start = step(far) if is_valid(far) else twice
    return start
