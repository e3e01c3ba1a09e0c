"""How many leads an experiment needs: by hand, by simulation, and by common sense."""

import numpy as np
import pytest

from evaluation.experiment import leads_needed


def test_half_a_year_of_a_tenth_at_control():
    """2,000 leads a week that convert at 10 %, a tenth at control: 8.6 points."""
    size = leads_needed(0.1, 0.1, 2_000, 0.086)
    assert size.weeks == 26
    assert size.leads == pytest.approx(52_000, rel=0.01)


@pytest.mark.parametrize("lift", [0.0, 0.3])
@pytest.mark.parametrize("n_reps", [None, 8])
def test_so_many_leads_are_as_precise_as_asked(lift, n_reps):
    """The spread of simulated lifts is the half-width asked for over 1.96."""
    rate, share, half_width = 0.2, 0.3, 0.1
    n_leads = leads_needed(rate, share, 1, half_width, lift=lift, n_reps=n_reps).leads
    rng = np.random.default_rng(0)
    simulate = arms if n_reps is None else draws
    found = [simulate(rng, n_leads, rate, share, lift, n_reps) for _ in range(600)]
    assert np.std(found) * 1.96 == pytest.approx(half_width, rel=0.1)


def arms(rng, n_leads, rate, share, lift, n_reps):
    control = round(share * n_leads)
    optimal = n_leads - control
    won = rng.binomial(optimal, rate * (1 + lift)) / optimal
    return won / (rng.binomial(control, rate) / control) - 1


def draws(rng, n_leads, rate, share, lift, n_reps):
    """Return the doubly robust lift with a model that knows the mean of each rep."""
    own = 1 - share + share / n_reps
    chosen = rng.random(n_leads) < own
    best = rate * (1 + lift)
    other = (rate * n_reps - best) / (n_reps - 1)
    error = (rng.random(n_leads) < np.where(chosen, best, other)) - np.where(
        chosen, best, other
    )
    policy = best + (error * chosen / own).mean()
    weight = np.where(chosen, 1 / n_reps / own, (n_reps - 1) / n_reps / (1 - own))
    return policy / (rate + (error * weight).mean()) - 1


def test_more_is_needed_for_more():
    """A narrower interval, a smaller share, clustered leads: all take longer."""
    base = leads_needed(0.1, 0.2, 1_000, 0.1).leads
    assert leads_needed(0.1, 0.2, 1_000, 0.05).leads == pytest.approx(
        4 * base, rel=0.01
    )
    assert leads_needed(0.1, 0.1, 1_000, 0.1).leads > base
    assert leads_needed(0.1, 0.2, 1_000, 0.1, design_effect=2).leads > 1.99 * base
    assert leads_needed(0.1, 0.2, 1_000, 0.1, n_reps=5).leads < base


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((0.0, 0.1, 1, 0.1), "base_rate is 0, expected between 0 and 1"),
        ((0.1, 1.0, 1, 0.1), "control_share is 1, expected"),
        ((0.1, 0.1, 0, 0.1), "leads_per_week is 0, expected above 0"),
        ((0.1, 0.1, 1, -1.0), "half_width is -1, expected above 0"),
    ],
)
def test_what_is_out_of_range_is_named(arguments, message):
    """Its name, its value, its range."""
    with pytest.raises(ValueError, match=message):
        leads_needed(*arguments)
