import numpy as np
import pytest
from scipy.special import expit

from scoring.calibration import Calibration, fit_calibration


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
