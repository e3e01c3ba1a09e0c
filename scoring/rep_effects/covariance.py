"""Covariance of the rep effects, by restricted maximum likelihood (REML)."""

import numpy as np

from scoring.rep_effects.likelihood import QuadraticLikelihood
from scoring.rep_effects.posterior import Posterior

START = 0.02
STEPS = 60
REFINEMENTS = 30
NEGLIGIBLE = 1e-6
TOLERANCE = 1e-3
GREATEST = 25.0
"""No variance is larger: where reps tell won from lost, the likeliest is infinite."""
LEAST_TARGET_REPS = 10


def variances(
    likelihood: QuadraticLikelihood, group: np.ndarray, start: np.ndarray | None = None
) -> np.ndarray:
    """Return the likeliest variance of each column, one per group, (k,).

    Parameters
    ----------
    likelihood
        Likelihood of the coefficients.
    group
        Columns with the same number share a variance; -1: the variance is 0, (k,).
    start
        Where to begin, (k,).

    Notes
    -----
    The fixed point multiplies each variance by the root of what the squared scores
    are over what they would be on average, which leads to the restricted maximum
    likelihood, and to 0 where that has its maximum; `GREATEST` where it has none.
    """
    free = group >= 0
    variance = np.full(len(group), START) if start is None else start.copy()
    variance[~free] = 0.0
    n_groups = int(group.max(initial=-1)) + 1
    for _ in range(STEPS):
        posterior = Posterior(likelihood, np.diag(variance))
        observed = np.sum(posterior.unexplained**2, axis=0)
        observed = np.bincount(group[free], observed[free], n_groups)
        expected = posterior.expected_diagonal[free]
        expected = np.bincount(group[free], expected, n_groups)
        factor = np.sqrt(observed / np.maximum(expected, 1e-12))
        before = variance.copy()
        variance[free] *= factor[group[free]]
        variance = np.minimum(variance, GREATEST)
        if np.all(np.abs(variance - before) <= NEGLIGIBLE + TOLERANCE * before):
            break
    return np.where(variance > NEGLIGIBLE, variance, 0.0)


def common_and_separate(
    likelihood: QuadraticLikelihood, feature: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Return the variances if all features share one, and if each has its own, (k,).

    The first column has one of its own in both.
    """
    common = variances(likelihood, np.minimum(feature, 1))
    return common, variances(likelihood, feature)


def refined(likelihood: QuadraticLikelihood, target: np.ndarray) -> np.ndarray:
    """Return the covariance of highest likelihood, the target counted as further reps.

    The target counts for as many reps as it has columns, and for ten at least. The
    first column is independent of the others.

    References
    ----------
    Dempster, Laird and Rubin (1977), Maximum likelihood from incomplete data via the
    EM algorithm, Journal of the Royal Statistical Society B 39, 1-38.
    """
    strength = target_reps(target)
    covariance = target
    for _ in range(REFINEMENTS):
        moment = Posterior(likelihood, covariance).second_moment
        covariance = strength * target + moment
        covariance = split(covariance / (strength + likelihood.n_reps), target)
    return covariance


def target_reps(target: np.ndarray) -> int:
    """Return how many reps the target counts for."""
    return max(LEAST_TARGET_REPS, int(np.count_nonzero(np.diag(target))))


def split(covariance: np.ndarray, target: np.ndarray) -> np.ndarray:
    """Return the covariance, zero with the first column and where the target is."""
    free = np.diag(target) > 0
    covariance = np.where(np.outer(free, free), covariance, 0.0)
    covariance[..., 0, 1:] = 0.0
    covariance[..., 1:, 0] = 0.0
    return covariance
