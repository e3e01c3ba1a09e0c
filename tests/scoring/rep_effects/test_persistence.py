import numpy as np
import pandas as pd
import pytest
from scipy.special import expit

from scoring import ConversionModel
from scoring.rep_effects.persistence import fit_persistence, persistence_of
from tests.scoring.rep_effects.synthetic_rows import world
from tests.scoring.synthetic_history import history_of

FEATURE = np.array([0, 1, 2])


def lasting(made):
    return persistence_of(made.rows(), FEATURE, np.full(made.n_reps, -1), 0)


def test_an_effect_that_lasts_is_confirmed():
    """Both ways in which reps differ hold on newer leads: slopes near 1, surely."""
    main, interaction = lasting(
        world(seed=1, n=10_000, n_reps=20, main_sd=0.6, interaction_sd=0.5)
    )
    assert main.slope > 0.85
    assert interaction.slope > 0.8
    assert min(main.probability, interaction.probability) > 0.99


def test_an_effect_that_turns_half_way_is_not_confirmed():
    """The best become the worst in the middle: nothing of it holds."""

    def turned(added):
        return np.where(np.arange(len(added)) < len(added) // 2, added, -added)

    main, _ = lasting(world(seed=1, n=10_000, n_reps=20, main_sd=0.6, change=turned))
    assert main.slope < 0.1
    assert main.probability < 0.5


def test_what_is_not_there_is_not_likely():
    """Without any effect newer rows gain nothing, in most worlds."""
    mains = [lasting(world(seed=s, n=2500))[0] for s in range(10)]
    assert np.median([main.probability for main in mains]) < 0.5


@pytest.mark.parametrize(("truth", "expected"), [(1, 1), (0.5, 0.5), (0, 0), (-2, 0)])
def test_the_slope_is_that_of_the_outcomes(truth, expected):
    """Outcomes which follow a part of what was predicted give this part, 0 to 1."""
    rng = np.random.default_rng(0)
    parts = rng.normal(size=(40_000, 2))
    won = rng.random(40_000) < expit(-1 + parts @ [truth, 1.0])
    level = np.zeros(40_000, dtype=int)
    main, interaction = fit_persistence(
        np.full(40_000, -1.0), won.astype(float), parts, level
    )
    assert main.slope == pytest.approx(expected, abs=0.05)
    assert interaction.slope == pytest.approx(1, abs=0.05)


def test_without_information_slopes_stay_near_one():
    """A predicted part of 0 is neither confirmed nor refuted."""
    won = np.tile([0.0, 1.0], 50)
    main, interaction = fit_persistence(
        np.zeros(100), won, np.zeros((100, 2)), np.zeros(100, dtype=int)
    )
    assert (main.slope, interaction.slope) == (1, 1)
    assert main.probability < 0.5


def test_a_level_that_drifts_is_not_a_part_that_fails():
    """Each period has its own level, so a jump of all leads costs nothing."""
    rng = np.random.default_rng(0)
    part = np.column_stack([rng.normal(size=8000), np.zeros(8000)])
    period = np.arange(8000) // 2000
    won = rng.random(8000) < expit(np.array([0, -3, 1, -2])[period] + part[:, 0])
    main, _ = fit_persistence(np.zeros(8000), won.astype(float), part, period)
    assert main.slope > 0.9


@pytest.mark.parametrize("n", [0, 50])
def test_too_few_rows_neither_confirm_nor_refute(n):
    """Too short a history leaves everything as it was."""
    main, _ = lasting(world(n=n))
    assert main.slope == 1
    assert main.probability == 0.5


def test_older_rows_of_one_outcome_predict_nothing():
    """A history that begins with losses alone is measured on the rest."""
    made = world(seed=2, n=1000, main_sd=0.5)
    made.won[:500] = 0
    main, _ = lasting(made)
    assert 0 <= main.slope <= 1


@pytest.mark.slow
@pytest.mark.parametrize(
    ("days", "ordered"), [([0], False), ([0, 1], False), (range(60), True)]
)
def test_without_an_order_in_time_nothing_is_said_to_last(days, ordered):
    """One day, or two: which rows are newer is not known."""
    history, _ = history_of(n=3000, rep_sd=0.6)
    moment = pd.to_timedelta(np.resize(np.sort(days), len(history)), unit="D")
    start = history["assigned_at"].min().normalize()
    for name in ("created_at", "assigned_at", "closed_at"):
        history[name] = start + moment.as_unit("ns")
    effects = ConversionModel().fit(history).rep_effects_
    assert effects.lasting_tested == ordered
    assert effects.answer == "yes"
