import numpy as np
import pytest
from scipy.special import expit

from scoring.lead_model.calibration import Calibration, fit_calibration, recentred


def outcomes(logit, seed=0):
    return (np.random.default_rng(seed).random(len(logit)) < expit(logit)).astype(float)


def test_the_true_line_is_found():
    """Logits twice too large and shifted are brought back."""
    truth = np.random.default_rng(1).normal(-1, 1, 50_000)
    line = fit_calibration(2 * truth + 1, outcomes(truth))
    assert line.slope == pytest.approx(0.5, abs=0.03)
    assert line.intercept == pytest.approx(-0.5, abs=0.05)


def test_calibrated_logits_have_the_win_rate_seen():
    """The mean probability equals the win rate."""
    logit = np.random.default_rng(2).normal(0, 1, 4000)
    won = outcomes(logit - 2)
    p = expit(fit_calibration(logit, won).apply(logit))
    assert p.mean() == pytest.approx(won.mean(), abs=0.002)


def test_a_ranking_upside_down_becomes_a_constant():
    """The slope is never negative."""
    logit = np.random.default_rng(3).normal(0, 1, 4000)
    assert fit_calibration(-logit, outcomes(logit)).slope == 0


def test_too_few_outcomes_leave_the_logits_alone():
    """Nine won rows among many cannot calibrate."""
    won = np.zeros(500)
    won[:9] = 1
    assert fit_calibration(np.linspace(-1, 1, 500), won) == Calibration(1, 0)


def test_a_row_of_weight_two_counts_as_two():
    """Weights and repeated rows give the same line."""
    logit = np.random.default_rng(4).normal(0, 1, 900)
    won = outcomes(logit - 1)
    twice = np.arange(900) % 3 == 0
    weighted = fit_calibration(logit, won, 1.0 + twice)
    repeated = np.concatenate([logit, logit[twice]]), np.concatenate([won, won[twice]])
    line = fit_calibration(*repeated)
    assert weighted.slope == pytest.approx(line.slope, abs=1e-4)
    assert weighted.intercept == pytest.approx(line.intercept, abs=1e-4)


def test_recentred_logits_expect_the_wins_seen():
    """The slope stays, the win rate is the one seen, weights and all."""
    rng = np.random.default_rng(5)
    logit, weight = rng.normal(0, 3, 500), rng.uniform(0.5, 2, 500)
    won = outcomes(logit - 2)
    everywhere = np.ones(500, dtype=bool)
    line = recentred(Calibration(0.5, 7.0), logit, won, weight, everywhere, ~everywhere)
    assert line.slope == 0.5
    assert weight @ expit(line.apply(logit)) == pytest.approx(weight @ won)


@pytest.mark.parametrize(
    ("drift", "low", "high"), [(0.0, -0.05, 0.05), (1.0, 0.9, 1.1)]
)
def test_a_drift_is_followed_and_chance_is_not(drift, low, high):
    """The newest rows' own win rate counts as far as it goes beyond chance."""
    logit = np.random.default_rng(6).normal(-1, 1, 8000)
    is_new = np.arange(8000) >= 6000
    shifts = [
        recentred(
            Calibration(),
            logit,
            outcomes(logit + drift * is_new, seed),
            np.ones(8000),
            is_new,
            ~is_new & False,
        ).intercept
        for seed in range(10)
    ]
    assert low <= np.mean(shifts) <= high


@pytest.mark.parametrize(
    ("drift", "low", "high"), [(0.0, -0.05, 0.05), (1.0, 0.85, 1.1)]
)
def test_the_last_month_is_followed_where_it_differs_significantly(drift, low, high):
    """What changed a month ago is no part of the newest quarter's mean."""
    logit = np.random.default_rng(6).normal(-1, 1, 8000)
    is_new, is_last = np.arange(8000) >= 6000, np.arange(8000) >= 7400
    shifts = [
        recentred(
            Calibration(),
            logit,
            outcomes(logit + drift * is_last, seed),
            np.ones(8000),
            is_new,
            is_last,
        ).intercept
        for seed in range(10)
    ]
    assert low <= np.mean(shifts) <= high
