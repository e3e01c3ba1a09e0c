import numpy as np
import pytest
from scipy.integrate import quad
from scipy.special import expit
from scipy.stats import norm

from scoring.random_intercept import RandomIntercept


def world(seed, n_groups, n_rows, sd):
    rng = np.random.default_rng(seed)
    effect = rng.normal(0, sd, n_groups) if sd else np.zeros(n_groups)
    group = rng.integers(0, n_groups, n_rows)
    offset = rng.normal(-1, 0.7, n_rows)
    won = (rng.random(n_rows) < expit(offset + effect[group])).astype(float)
    return RandomIntercept(offset, won, group, n_groups), effect


def test_the_modes_are_where_the_slope_is_nought():
    """Excess wins of each group balance the pull towards 0."""
    model, _ = world(0, 20, 2000, 0.5)
    effect = model.modes(0.5)
    p = expit(model.offset + effect[model.group])
    excess = np.bincount(model.group, model.won - p, 20)
    assert excess == pytest.approx(effect / 0.5**2, abs=1e-6)


def test_newton_is_damped_where_outcomes_are_a_surprise():
    """Wins the offset thought impossible give a finite effect."""
    model = RandomIntercept(np.full(500, -9.0), np.ones(500), np.zeros(500, int), 1)
    effect = model.modes(1.0)
    excess = 500 * (1 - expit(-9 + effect))
    assert excess == pytest.approx(effect, rel=1e-6)


def test_a_group_without_rows_has_no_effect():
    """A rep of whom nothing is known is average."""
    model, _ = world(1, 3, 300, 0.5)
    wider = RandomIntercept(model.offset, model.won, model.group, 5)
    assert wider.modes(0.5)[3:] == pytest.approx([0, 0])
    assert wider.modes(0.5)[:3] == pytest.approx(model.modes(0.5))


def test_laplace_is_close_to_the_integral():
    """The approximated likelihood equals numerical integration."""
    model, _ = world(2, 1, 200, 0.0)

    def density(u):
        z = model.offset + u
        rows = np.sum(model.won * z - np.logaddexp(0, z))
        return np.exp(rows - model.log_likelihood(0)) * norm.pdf(u, scale=0.4)

    integral = np.log(quad(density, -3, 3)[0]) + model.log_likelihood(0)
    assert model.log_likelihood(0.4) == pytest.approx(integral, abs=0.01)


def test_a_real_spread_is_estimated():
    """With much history the estimated spread is near the true one."""
    model, effect = world(3, 60, 60 * 400, 0.3)
    sd, p_value = model.estimate_sd()
    assert sd == pytest.approx(0.3, abs=0.07)
    assert p_value < 1e-6
    assert np.corrcoef(model.modes(sd), effect)[0, 1] > 0.85


def test_no_spread_is_seldom_found():
    """Where groups do not differ, at most about one test in twenty says so."""
    p_values = [world(seed, 15, 1500, 0.0)[0].estimate_sd()[1] for seed in range(100)]
    assert np.sum(np.array(p_values) <= 0.05) <= 10
