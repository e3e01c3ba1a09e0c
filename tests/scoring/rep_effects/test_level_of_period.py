import numpy as np
import pytest
from scipy.special import expit

from scoring.rep_effects.fitting import at_level_of_period
from tests.scoring.rep_effects.synthetic_rows import world


def test_every_period_is_moved_to_the_win_rate_seen():
    """Expected and seen wins of a period agree but for a weak prior."""
    made = world(n=4000, base=-0.5)
    offset = at_level_of_period(made.offset - 1.5, made.won)
    gap = (expit(offset) - made.won).reshape(8, 500).sum(axis=1)
    assert np.abs(gap).max() < 3


def test_leads_of_one_day_keep_their_order():
    """All leads of a period are moved alike."""
    made = world(n=1000)
    moved = at_level_of_period(made.offset, made.won) - made.offset
    assert np.ptp(moved[:500]) == pytest.approx(0, abs=1e-12)
    assert np.ptp(moved[500:]) == pytest.approx(0, abs=1e-12)


@pytest.mark.parametrize("outcome", [0.0, 1.0])
def test_a_period_of_one_outcome_stays_finite(outcome):
    """Where all were lost, or won, the level is low or high, not infinite."""
    offset = at_level_of_period(np.zeros(40), np.full(40, outcome))
    assert np.isfinite(offset).all()
    assert np.sign(offset[0]) == 2 * outcome - 1


def test_no_rows_have_no_level():
    """Nothing is moved where there is nothing."""
    assert at_level_of_period(np.zeros(0), np.zeros(0)).shape == (0,)


def test_a_drift_is_not_taken_for_its_reps():
    """Reps who came late, when all leads are won more often, are no better."""
    made = world(seed=4, n=8000, n_reps=20)
    rng = np.random.default_rng(0)
    late = np.arange(8000) / 8000
    made.rep = np.where(rng.random(8000) < late, made.rep // 2, 10 + made.rep // 2)
    made.won = (rng.random(8000) < expit(made.offset + 2 * late)).astype(float)
    effects = made.fitted()
    assert not effects.main.confirmed
    assert not effects.interaction.confirmed
    assert np.abs(effects.coefficient[:, 0]).max() < 0.1
