import numpy as np
import pytest
from scipy.special import expit
from sklearn.metrics import brier_score_loss, log_loss, roc_auc_score

from scoring.diagnostics.metrics import (
    figures,
    level,
    paired_gain,
    reliability,
    reliability_bin,
)

RNG = np.random.default_rng(0)
LOG_ODDS = RNG.normal(size=2000)
WON = (RNG.random(2000) < expit(LOG_ODDS)).astype(float)
ONCE = np.ones(2000)


def test_figures_are_those_of_scikit_learn():
    """AUC, Brier score and log loss, weighted."""
    weight = RNG.random(2000)
    found = figures(LOG_ODDS, WON, weight)
    p = expit(LOG_ODDS)
    assert found.auc == pytest.approx(roc_auc_score(WON, p, sample_weight=weight))
    assert found.brier == pytest.approx(brier_score_loss(WON, p, sample_weight=weight))
    assert found.log_loss == pytest.approx(log_loss(WON, p, sample_weight=weight))


def test_a_row_of_weight_two_is_two_rows():
    """Weights are counts."""
    weight = RNG.integers(1, 4, 2000)
    again = np.repeat(np.arange(2000), weight)
    counted = figures(LOG_ODDS, WON, weight.astype(float))
    repeated = figures(LOG_ODDS[again], WON[again], np.ones(len(again)))
    assert counted.auc == pytest.approx(repeated.auc)
    assert counted.average_precision == pytest.approx(repeated.average_precision)
    assert counted.log_loss == pytest.approx(repeated.log_loss)


@pytest.mark.parametrize("outcome", [0.0, 1.0])
def test_one_outcome_has_no_ranking(outcome):
    """Nothing to rank, but still something to be off by."""
    found = figures(LOG_ODDS, np.full(2000, outcome), ONCE)
    assert found.auc is None
    assert found.average_precision is None
    assert found.log_loss > 0


def test_the_standard_error_is_that_of_paired_differences():
    """A constant difference has no error, whatever the losses' own spread."""
    before = np.array([1.0, 2.0, 5.0])
    gain = paired_gain(before, before - 0.5, np.ones(3))
    assert gain.mean == 0.5
    assert gain.standard_error == 0
    assert not gain.is_loss


def test_the_interval_covers_the_true_gain():
    """About nineteen of twenty intervals hold the mean they were drawn from."""
    inside = []
    for seed in range(200):
        rng = np.random.default_rng(seed)
        before, after = rng.exponential(size=(2, 400))
        gain = paired_gain(before + 0.1, after, rng.uniform(0.5, 2, 400))
        inside.append(gain.low < 0.1 < gain.high)
    assert 0.9 < np.mean(inside) < 0.99


def test_a_loss_is_two_standard_errors():
    """One that chance alone may explain is none."""
    after = np.r_[np.ones(50), -np.ones(50)]
    nothing = np.zeros(100)
    assert not paired_gain(nothing, after + 0.1, np.ones(100)).is_loss
    assert paired_gain(nothing, after + 0.3, np.ones(100)).is_loss


def test_bins_hold_every_row_once_in_order_of_probability():
    """As many rows each, the lowest first, and honest where the model is."""
    bins = reliability(LOG_ODDS, WON, ONCE)
    assert [one.n for one in bins] == [200] * 10
    predicted = [one.predicted for one in bins]
    assert predicted == sorted(predicted)
    assert sum(one.low < one.predicted < one.high for one in bins) >= 8
    assert np.mean([one.observed for one in bins]) == pytest.approx(WON.mean())


@pytest.mark.parametrize(("n", "n_bins"), [(1, 1), (19, 1), (20, 2), (99, 9)])
def test_few_rows_have_few_bins(n, n_bins):
    """Ten rows to a bin at least, but for the only one."""
    assert len(reliability(LOG_ODDS[:n], WON[:n], ONCE[:n])) == n_bins


def test_wilson_interval_is_that_of_the_books():
    """Of ten, none was won: 0 to 0.278; weights that differ widen it."""
    p = np.full(10, 0.1)
    found = reliability_bin(p, np.zeros(10), np.ones(10))
    assert (found.low, found.high) == pytest.approx((0, 0.2775), abs=1e-3)
    uneven = reliability_bin(p, np.zeros(10), np.r_[np.ones(9), 9.0])
    assert uneven.high > found.high


def test_the_level_is_off_where_expected_and_observed_differ_beyond_chance():
    """Right on average over outcomes drawn; off by far where the log odds are."""
    right, high = level(LOG_ODDS, WON, ONCE), level(LOG_ODDS + 0.5, WON, ONCE)
    assert right.observed == WON.mean() == high.observed
    assert right.predicted == pytest.approx(WON.mean(), abs=0.03)
    assert right.standard_error == pytest.approx(0.01, abs=0.002)
    assert not right.is_off
    assert high.is_off
