"""Covariance of the rep effects, by restricted maximum likelihood (REML)."""

import numpy as np

from scoring.rep_effects.likelihood import QuadraticLikelihood
from scoring.rep_effects.posterior import Posterior

START = 0.02
STEPS = 60
FARTHEST = 2.0
"""No logarithm of a variance changes by more in one step."""
SMALL = 1e-12
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
    Fisher scoring with the average information, on the scale of logarithms, leads to
    the restricted maximum likelihood: to 0 where that has its maximum, and to
    `GREATEST` where it has none.

    References
    ----------
    Gilmour, Thompson and Cullis (1995), Average information REML: an efficient
    algorithm for variance parameter estimation in linear mixed models,
    doi:10.2307/2533274.
    """
    variance = np.full(len(group), START) if start is None else start.copy()
    variance[group < 0] = 0.0
    for _ in range(STEPS):
        before, variance = variance, scored(likelihood, group, variance)
        if np.all(np.abs(variance - before) <= NEGLIGIBLE + TOLERANCE * before):
            break
    return np.where(variance > NEGLIGIBLE, variance, 0.0)


def scored(
    likelihood: QuadraticLikelihood, group: np.ndarray, variance: np.ndarray
) -> np.ndarray:
    """Return the variances after one step of Fisher scoring, (k,).

    The size of the slope is added to the curvature: a variance for which the slope has
    no end, down or up, changes by a factor of about `e`.
    """
    posterior = Posterior(likelihood, np.diag(variance))
    of_group = np.arange(group.max(initial=-1) + 1)[:, None] == group
    member = of_group * variance
    observed = np.sum(posterior.unexplained**2, axis=0)
    slope = member @ (observed - posterior.expected_diagonal) / 2
    curvature = member @ posterior.average_information @ member.T
    damped = curvature + np.diag(np.maximum(np.abs(slope), SMALL))
    step = np.clip(np.linalg.solve(damped, slope), -FARTHEST, FARTHEST)
    return np.minimum(variance * np.exp(step @ of_group), GREATEST)


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
