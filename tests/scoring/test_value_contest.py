import numpy as np
import pytest
from sklearn.metrics import mean_tweedie_deviance

from scoring.deal_value.contest import POWER, deviances, hold_contest
from scoring.diagnostics.measures import paired_mean


def test_the_deviance_is_tweedies():
    """As scikit-learn has it, nought included."""
    value, expected = np.array([0.0, 2.0, 7.0]), np.array([1.0, 2.0, 3.0])
    assert deviances(value, expected).mean() == pytest.approx(
        mean_tweedie_deviance(value, expected, power=POWER)
    )


def test_the_deviance_is_least_at_the_mean():
    """However skewed the values, no other constant is nearer."""
    value = np.random.default_rng(0).lognormal(0, 1.5, 500)
    grid = value.mean() * np.linspace(0.5, 2, 301)
    loss = [deviances(value, np.full(500, of)).mean() for of in grid]
    assert grid[np.argmin(loss)] == pytest.approx(value.mean(), rel=0.01)


def test_the_simplest_stays_unless_clearly_beaten():
    """A gain within its standard error is none; a clear one is named with it."""
    rng = np.random.default_rng(1)
    level = np.exp(rng.normal(0, 1, 400))
    value, one = level * rng.lognormal(0, 0.3, 400), np.ones(400)
    near = value.mean() * rng.lognormal(0, 0.01, 400)
    mean = np.full(400, value.mean())
    stays = hold_contest(value, one, {"a": mean, "b": near}, 9)
    assert (stays.winner, stays.gain, stays.n_taught) == ("a", 0, 9)
    beaten = hold_contest(value, one, {"a": mean, "b": near, "c": level}, 9)
    assert beaten.winner == "c"
    assert beaten.gain == pytest.approx(beaten.deviance["a"] - beaten.deviance["c"])
    assert beaten.gain > 2 * beaten.standard_error > 0


def test_weights_count_rows_in_the_error_too():
    """Equal weights give the usual standard error."""
    difference = np.random.default_rng(2).normal(size=300)
    mean, error = paired_mean(difference, np.full(300, 5.0))
    assert mean == pytest.approx(difference.mean())
    assert error == pytest.approx(difference.std() / np.sqrt(300))
