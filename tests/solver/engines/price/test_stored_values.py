"""Values kept are those computed as they are looked at."""

import numpy as np
import pytest

from solver.problem.deadline import Deadline
from tests.solver.engines.price.days import factorised_day

pytest.importorskip("numba")

from solver.engines.price import solve_factorised
from solver.engines.price.dual.offers import offers_of
from solver.engines.price.machine.crew import Crew
from solver.engines.price.market import stored_values
from solver.engines.price.market.building import market_of
from solver.engines.price.market.stored_values import with_values

SEEDS = range(24)


def offers_at(market, lead):
    net = np.empty(market.entries.widest)
    paid = market.entries.charge + 0.25
    return net[: offers_of(market.leads, market.entries, paid, lead, net)]


@pytest.mark.parametrize("seed", SEEDS)
def test_offers_are_the_same(seed):
    """With steps, charges and stored exceptions; without factors nothing is kept."""
    market = market_of(factorised_day(seed), 0)
    with Crew(Deadline(np.inf)) as crew:
        kept = with_values(market, crew)
    if not market.leads.factors.size:
        assert kept is market
        return
    assert not kept.leads.factors.size
    for lead in range(market.n_leads):
        before, after = offers_at(market, lead), offers_at(kept, lead)
        assert after == pytest.approx(before, rel=1e-15, abs=1e-15)


@pytest.mark.parametrize("seed", SEEDS)
def test_a_day_too_large_to_keep_has_the_same_optimum(seed, monkeypatch):
    """Values are computed again at every look."""
    problem = factorised_day(seed, n_leads=200)
    kept = solve_factorised(problem, seed=0, time_limit=60)
    monkeypatch.setattr(stored_values, "MOST_VALUES", 0)
    computed = solve_factorised(problem, seed=0, time_limit=60)
    assert computed.status == kept.status
    assert computed.objective == pytest.approx(kept.objective, rel=1e-11, abs=1e-11)
    assert computed.price == pytest.approx(kept.price, rel=1e-9, abs=1e-9)
