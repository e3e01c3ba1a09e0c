import numpy as np
import pytest
from scipy.optimize import minimize
from scipy.special import expit

from scoring.statistics.likelihood import group_levels, newton_maximum


def test_one_step_leads_to_the_top_of_a_parabola():
    """And steps that are cut lead there, too."""
    top = np.array([3.0, -40.0])
    assert newton_maximum(lambda x: top - x, np.zeros(2)).tolist() == top.tolist()
    cut = newton_maximum(lambda x: top - x, np.zeros(2), longest=1.0)
    assert cut.tolist() == top.tolist()


@pytest.mark.parametrize("sd", [0.5, 3.0])
def test_levels_are_those_of_the_posterior_mode(sd):
    """As a general optimiser finds them, group by group."""
    rng = np.random.default_rng(0)
    offset, group = rng.normal(size=600), rng.integers(0, 4, 600)
    won = (rng.random(600) < expit(offset + np.array([-1, 0, 1, 4.0])[group])) * 1.0

    def loss(level):
        z = offset + level[group]
        return np.sum(np.logaddexp(0, z) - won * z) + np.sum(level**2) / (2 * sd**2)

    mode = minimize(loss, np.zeros(4)).x
    assert group_levels(offset, won, group, 4, sd) == pytest.approx(mode, abs=1e-4)


def test_a_group_without_rows_stays_at_nought():
    """With a prior, and without."""
    rows = np.zeros(2), np.array([0.0, 1.0]), np.zeros(2, dtype=int)
    assert group_levels(*rows, 2, 1.0)[1] == 0
    assert group_levels(*rows, 2, np.inf)[1] == 0
