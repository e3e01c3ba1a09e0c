"""Shares of leads: the product with their transpose, made or not made."""

import numpy as np
import pytest

from tests.solver.engines.price.hostile import hostile_day

pytest.importorskip("numba")

from solver.engines.price.dual import smoothed
from solver.engines.price.machine.crew import Crew
from solver.engines.price.market.building import market_of
from solver.problem.deadline import Deadline


@pytest.fixture
def answered():
    """Return what leads of a hostile day answer to prices, by the day's seed."""

    def answered(seed, price=None):
        market = market_of(hostile_day(seed, n_leads=300), 0)
        price = np.zeros(market.n_reps) if price is None else price
        warmth = np.random.default_rng(seed).uniform(0.05, 0.2, market.n_leads)
        warmth *= market.largest_value
        with Crew(Deadline(np.inf)) as crew:
            open_ = market.capacity > 0
            return smoothed.smoothed(market, open_, price, warmth, crew), warmth

    return answered


@pytest.mark.parametrize("most_reps", [0, 2000])
@pytest.mark.parametrize("seed", [3, 6, 9])
def test_mixing_is_by_the_matrix_of_shares(answered, seed, most_reps, monkeypatch):
    """Multiplied in one go or lead by lead, it is the dense product."""
    monkeypatch.setattr(smoothed, "MOST_REPS", most_reps)
    now, warmth = answered(seed)
    step = np.random.default_rng(seed).normal(size=len(now.load))
    with Crew(Deadline(np.inf)) as crew:
        mixed = now.mixing(crew)(step)
    table = np.zeros((len(warmth), len(now.load)))
    lead = np.repeat(np.arange(len(warmth)), np.diff(now.start))
    table[lead, now.rep] = now.share
    assert table.sum() > 0
    cold = warmth.mean() / warmth
    dense = table.T @ ((table @ step) * cold)
    size = np.abs(dense).max()
    assert mixed == pytest.approx(dense, rel=1e-4, abs=1e-4 * size)
    assert now.load == pytest.approx(table.sum(axis=0))
    assert now.pull == pytest.approx((table * cold[:, None]).sum(axis=0))
    assert now.held == pytest.approx((table**2 * cold[:, None]).sum(axis=0))


@pytest.mark.parametrize("seed", [3, 6, 9])
def test_loads_are_the_derivative_of_what_leads_gain(answered, seed):
    """And pull less held is that of the loads, by differences."""
    now, warmth = answered(seed)
    rep, step = int(np.argmax(now.load)), 1e-4 * warmth.mean()
    price = np.zeros(len(now.load))
    price[rep] = step
    after, _ = answered(seed, price)
    price[rep] = step / 2
    half, _ = answered(seed, price)
    assert (now.gain - after.gain) / step == pytest.approx(half.load[rep], rel=1e-5)
    slope = (now.load[rep] - after.load[rep]) * now.unit / step
    assert slope == pytest.approx(half.pull[rep] - half.held[rep], rel=1e-3)


@pytest.mark.parametrize("seed", [3, 6, 9])
def test_temperatures_of_reps_are_between_those_of_leads(answered, seed):
    """A rep without a share has that of all leads."""
    now, warmth = answered(seed)
    own = now.temperature_of_reps
    assert (own >= warmth.min()).all() and (own <= warmth.max()).all()
    assert own[now.load == 0] == pytest.approx(1 / np.mean(1 / warmth))
