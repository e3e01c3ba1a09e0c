"""Intervals of figures of sums over clusters."""

import numpy as np
import pytest
from scipy.stats import t

from evaluation.off_policy.bootstrap import (
    N_RESAMPLES,
    acceleration,
    interval_of,
    jackknife_bias,
    resampled_sums,
)


def mean(sums):
    return sums[:, 0] / sums[:, 1]


def clusters(n, seed=0):
    rng = np.random.default_rng(seed)
    return np.column_stack([rng.normal(5, 1, n), np.ones(n)])


@pytest.mark.parametrize("n", [25, 400])
def test_the_interval_of_a_mean_is_students(n):
    """For symmetric clusters, whether few or many."""
    sums = clusters(n)
    found = interval_of(mean, sums, resampled_sums(sums, 0))
    reach = t.ppf(0.975, n - 1) * sums[:, 0].std(ddof=1) / np.sqrt(n)
    assert found.estimate == pytest.approx(sums[:, 0].mean())
    assert found.half_width == pytest.approx(reach, rel=0.08)
    assert found.low + found.half_width == pytest.approx(
        found.estimate, abs=0.2 * reach
    )


def test_resamples_keep_the_number_of_clusters():
    """Each draws as many clusters as there are, with replacement."""
    sums = clusters(30)
    drawn = resampled_sums(sums, 1)
    assert drawn.shape == (N_RESAMPLES, 2)
    assert (drawn[:, 1] == 30).all()
    assert drawn[:, 0].std() > 0


def test_what_cannot_be_computed_has_no_ends():
    """A share of nothing is not a number, and neither is its interval."""
    sums = np.column_stack([np.ones(30), np.zeros(30)])
    with np.errstate(divide="ignore"):
        found = interval_of(mean, sums, resampled_sums(sums, 0))
    assert np.isnan([found.estimate, found.low, found.high]).all()


def test_acceleration_follows_skewness():
    """Nothing for a symmetric figure; above nothing for a skewed one."""
    even = np.array([1.0, -1.0, 2.0, -2.0])
    assert acceleration(even) == pytest.approx(0)
    assert acceleration(-np.array([0.0, 0.0, 0.0, 5.0])) > 0
    assert acceleration(np.zeros(4)) == 0


def test_a_ratio_is_not_too_large_on_average():
    """Of two means around 1, each with a relative variance of a twentieth."""
    rng = np.random.default_rng(0)
    estimates, biases = [], []
    for _ in range(10_000):
        sums = rng.gamma(1 / 2, 2, (40, 2))
        total = sums.sum(axis=0)
        estimates.append(float(mean(total[None])[0]))
        biases.append(jackknife_bias(estimates[-1], mean(total - sums)))
    assert np.mean(estimates) == pytest.approx(1.05, abs=0.01)
    assert np.mean(np.subtract(estimates, biases)) == pytest.approx(1, abs=0.01)


def test_what_is_linear_has_no_bias():
    sums = clusters(30)
    resampled = resampled_sums(sums, 0)
    less = interval_of(mean, sums, resampled, less_bias=True)
    assert less.estimate == pytest.approx(interval_of(mean, sums, resampled).estimate)
