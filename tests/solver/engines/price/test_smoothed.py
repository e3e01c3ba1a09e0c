"""Shares of leads: the product with their transpose, made or not made."""

import numpy as np
import pytest

from tests.solver.engines.price.hostile import hostile_day

pytest.importorskip("numba")

from solver.engines.price.dual import smoothed
from solver.engines.price.machine.crew import Crew
from solver.engines.price.market.building import market_of
from solver.problem.deadline import Deadline


@pytest.mark.parametrize("most_reps", [0, 2000])
@pytest.mark.parametrize("seed", [3, 6, 9])
def test_mixing_is_by_the_matrix_of_shares(seed, most_reps, monkeypatch):
    """Multiplied in one go or lead by lead, it is the dense product."""
    monkeypatch.setattr(smoothed, "MOST_REPS", most_reps)
    market = market_of(hostile_day(seed, n_leads=300), 0)
    open_, price = market.capacity > 0, np.zeros(market.n_reps)
    step = np.random.default_rng(seed).normal(size=market.n_reps)
    with Crew(Deadline(np.inf)) as crew:
        now = smoothed.smoothed(market, open_, price, 0.1 * market.largest_value, crew)
        mixed = now.mixing(crew)(step)
    table = np.zeros((market.n_leads, market.n_reps))
    lead = np.repeat(np.arange(market.n_leads), np.diff(now.start))
    table[lead, now.rep] = now.share
    assert table.sum() > 0
    assert mixed == pytest.approx(table.T @ (table @ step), rel=1e-4, abs=1e-4)
