"""Covariance of the rep effects, by restricted maximum likelihood (REML)."""

import numpy as np
from scipy.optimize import lsq_linear

from scoring.rep_effects.likelihood import QuadraticLikelihood
from scoring.rep_effects.posterior import Posterior
from scoring.statistics.fixed_point import fixed_point

START = 0.02
STEPS = 60
GROWTH, LEAST_GROWTH = 5.0, 1e-3
"""No variance becomes more than so many times as large in one step, or so large."""
LEAST_CURVATURE = 1e-9
"""In any direction, where it is 1 in that of each variance."""
NEGLIGIBLE = 1e-6
ROUNDING = 1e-12
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
    Fisher scoring with the average information leads to the restricted maximum
    likelihood: to 0 where that has its maximum, and to `GREATEST` where it has none.

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
    """Return the variances after one step of Fisher scoring, (k,)."""
    posterior = Posterior(likelihood, np.diag(variance))
    member = np.arange(group.max(initial=-1) + 1)[:, None] == group
    own = np.max(member * variance, axis=1, initial=0.0)
    observed = np.sum(posterior.unexplained**2, axis=0)
    slope = member @ (observed - posterior.expected_diagonal) / 2
    curvature = member @ posterior.average_information @ member.T
    upper = np.minimum(np.maximum(GROWTH * own, LEAST_GROWTH), GREATEST)
    return np.append(best_within(own, slope, curvature, upper), 0.0)[group]


def best_within(
    point: np.ndarray, slope: np.ndarray, curvature: np.ndarray, upper: np.ndarray
) -> np.ndarray:
    """Return where a quadratic is largest between 0 and an upper bound, (n,).

    Parameters
    ----------
    point
        Where slope and curvature are known, (n,).
    slope
        (n,).
    curvature
        The second derivatives with their sign turned, (n, n), positive semidefinite.
    upper
        (n,), above 0.

    References
    ----------
    Stark and Parker (1995), Bounded-variable least squares: an algorithm and
    applications, Computational Statistics 10, 129-141.
    """
    diagonal = np.diagonal(curvature)
    unit = 1 / np.sqrt(np.where(diagonal > 0, diagonal, 1.0))
    values, vectors = np.linalg.eigh(curvature * np.outer(unit, unit))
    root = np.sqrt(np.maximum(values, LEAST_CURVATURE))
    along = root[:, None] * vectors.T
    aim = along @ (point / unit) + (vectors.T @ (slope * unit)) / root
    best = lsq_linear(along, aim, (np.zeros(len(unit)), upper / unit), method="bvls")
    return np.clip(best.x * unit, 0.0, upper)


def common_and_separate(
    likelihood: QuadraticLikelihood, feature: np.ndarray, start: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Return the variances if all features share one, and if each has its own, (k,).

    The first column has one of its own in both. The search for the common ones begins
    at `start`, (k,).
    """
    common = variances(likelihood, np.minimum(feature, 1), start)
    return common, variances(likelihood, feature)


def refined(likelihood: QuadraticLikelihood, target: np.ndarray) -> np.ndarray:
    """Return the covariance of highest likelihood, the target counted as further reps.

    The target counts for as many reps as it has columns, and for ten at least. The
    first column is independent of the others. The steps are those of the EM algorithm.

    References
    ----------
    Dempster, Laird and Rubin (1977), Maximum likelihood from incomplete data via the
    EM algorithm, Journal of the Royal Statistical Society B 39, 1-38.
    """
    strength = target_reps(target)
    n_reps = strength + likelihood.n_reps

    def step(covariance: np.ndarray) -> np.ndarray:
        moment = Posterior(likelihood, covariance).second_moment
        return split((strength * target + moment) / n_reps, target)

    spread = np.sqrt(np.diagonal(target))
    return fixed_point(step, target, np.outer(spread, spread), is_covariance)


def is_covariance(matrix: np.ndarray) -> bool:
    """Tell whether no combination of the columns has a variance below 0."""
    values = np.linalg.eigvalsh(matrix)
    return bool(values.min() >= -ROUNDING * values.max())


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
