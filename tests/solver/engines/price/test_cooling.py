"""Cooled prices of wide days leave little to the paths."""

import numpy as np
import pytest

from solver.problem.factorised import FactorisedProblem
from tests.solver.engines.price.days import one_segment

pytest.importorskip("numba")

from solver.engines.price.machine.crew import Crew
from solver.engines.price.market.building import market_of
from solver.engines.price.market.market import Market
from solver.engines.price.search.cooling import cooled_prices
from solver.engines.price.search.settle import Settlement, unmoved
from solver.problem.deadline import Deadline


def like_minded(n_leads: int, n_reps: int, seed: int) -> FactorisedProblem:
    """Return a day on which all leads agree on who is better than whom."""
    rng = np.random.default_rng(seed)
    return one_segment(
        rng.normal(0, 0.35, n_reps),
        log_odds=rng.normal(-2, 1, n_leads),
        amount=np.ones(n_leads),
        capacity=rng.poisson(n_leads / n_reps, n_reps).astype(np.int64),
    )


def misplaced(market: Market) -> float:
    """Return the part of the leads that are too many somewhere at cooled prices."""
    near = np.empty(market.n_leads, dtype=np.int32)
    with Crew(Deadline(np.inf)) as crew:
        state = Settlement.at(market, cooled_prices(market, crew))
        state.look(unmoved(market), near, crew)
    assert state.last is not None
    over = np.maximum(state.last.load - market.capacity, 0)
    return float(over.sum()) / market.n_leads


@pytest.mark.parametrize("seed", [0, 2])
def test_leads_that_agree_find_their_reps(seed):
    """The best two of nearly all are the same, far apart from all the others."""
    assert misplaced(market_of(like_minded(1500, 300, seed), 0)) < 0.4
