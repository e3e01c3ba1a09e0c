"""Intervals of figures that are functions of sums over clusters."""

from collections.abc import Callable
from math import nan

import numpy as np
from numpy.typing import NDArray
from scipy.stats import norm, t

from evaluation.interval import LEVEL, Interval

N_RESAMPLES = 2_000
CELLS_AT_ONCE = 4_000_000
Figure = Callable[[NDArray[np.float64]], NDArray[np.float64]]
"""From sums, (n, n_columns), to one figure each, (n,)."""


def resampled_sums(sums: NDArray[np.float64], seed: int) -> NDArray[np.float64]:
    """Return the sums of clusters drawn with replacement, (n_resamples, n_columns).

    Parameters
    ----------
    sums
        Of each cluster, (n_clusters, n_columns).
    seed
        Of the draws.
    """
    rng = np.random.default_rng(seed)
    n = len(sums)
    at_once = max(1, CELLS_AT_ONCE // n)
    parts = []
    for first in range(0, N_RESAMPLES, at_once):
        n_rows = min(at_once, N_RESAMPLES - first)
        drawn = rng.integers(n, size=(n_rows, n)) + n * np.arange(n_rows)[:, None]
        times = np.bincount(drawn.ravel(), minlength=n * n_rows).reshape(n_rows, n)
        parts.append(times @ sums)
    return np.vstack(parts)


def interval_of(
    figure: Figure,
    sums: NDArray[np.float64],
    resampled: NDArray[np.float64],
    *,
    less_bias: bool = False,
) -> Interval:
    """Return a figure of all clusters with its 95 % interval.

    Bias-corrected and accelerated (BCa) quantiles of the resamples, widened for few
    clusters as Student's t is against the normal. It needs no scale on which the
    figure is symmetric, and measured coverage is best (docs/evaluation.md).

    Parameters
    ----------
    figure
        What to estimate.
    sums
        Of each cluster, (n_clusters, n_columns).
    resampled
        As :func:`resampled_sums` gives them.
    less_bias
        Whether the estimate is less its bias by the jackknife: a ratio of two means is
        too large on average, by the relative variance of the second.

    References
    ----------
    Efron (1987), Better bootstrap confidence intervals,
    doi:10.1080/01621459.1987.10478410. Hesterberg (2015), What teachers should know
    about the bootstrap, doi:10.1080/00031305.2015.1089789, for the widening.
    Quenouille (1956), Notes on bias in estimation, doi:10.2307/2332914.
    """
    total = sums.sum(axis=0)
    estimate = float(figure(total[None])[0])
    drawn = figure(resampled)
    drawn = np.sort(drawn[np.isfinite(drawn)])
    if not np.isfinite(estimate) or len(drawn) < N_RESAMPLES / 2:
        return Interval(nan, nan, nan)
    left_out = figure(total - sums)
    n = len(sums)
    reach = np.sqrt(n / (n - 1)) * t.ppf((1 + LEVEL) / 2, n - 1)
    below = (np.sum(drawn < estimate) + 0.5 * np.sum(drawn == estimate)) / len(drawn)
    bias = norm.ppf(np.clip(below, 1 / len(drawn), 1 - 1 / len(drawn)))
    shifted = bias + np.array([-reach, reach])
    share = norm.cdf(bias + shifted / (1 - acceleration(left_out) * shifted))
    low, high = np.quantile(drawn, share)
    if less_bias:
        estimate = np.clip(estimate - jackknife_bias(estimate, left_out), low, high)
    return Interval(float(estimate), float(low), float(high))


def jackknife_bias(estimate: float, left_out: NDArray[np.float64]) -> float:
    """Return by how much a figure is too large on average, to the order of 1 / n.

    Parameters
    ----------
    estimate
        The figure of all clusters.
    left_out
        The figure without each cluster, (n_clusters,); no bias is known unless all are
        finite.
    """
    if not np.isfinite(left_out).all():
        return 0.0
    return float((len(left_out) - 1) * (left_out.mean() - estimate))


def acceleration(left_out: NDArray[np.float64]) -> float:
    """Return the acceleration constant of BCa, by the jackknife over clusters.

    Parameters
    ----------
    left_out
        The figure without each cluster, (n_clusters,).
    """
    known = left_out[np.isfinite(left_out)]
    pull = known.mean() - known
    spread = float(np.sum(pull**2))
    return float(np.sum(pull**3) / (6 * spread**1.5)) if spread > 0 else 0.0
