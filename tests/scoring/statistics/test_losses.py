import numpy as np
import pytest

from scoring.statistics.likelihood import log_losses, paired_mean


def test_a_certain_prediction_that_fails_costs_its_log_odds():
    """Losses stay finite however sure the prediction."""
    assert log_losses(np.array([1e4, -1e4, 0.0]), np.array([0.0, 0.0, 1.0])) == (
        pytest.approx([1e4, 0, np.log(2)])
    )


def test_weights_count_rows_in_the_error_too():
    """Equal weights give the usual standard error."""
    difference = np.random.default_rng(2).normal(size=300)
    mean, error = paired_mean(difference, np.full(300, 5.0))
    assert mean == pytest.approx(difference.mean())
    assert error == pytest.approx(difference.std() / np.sqrt(300))
