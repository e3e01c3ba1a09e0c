"""Compiled code made ready before the clock starts."""

import logging
from functools import cache

import numpy as np

from solver.engines.price.dual.smoothed import smoothed
from solver.engines.price.dual.thresholds import nearer
from solver.engines.price.machine.compiled import FOLDER
from solver.engines.price.machine.crew import Crew
from solver.engines.price.market.building import market_of
from solver.engines.price.market.contenders import WithoutSlot, contenders
from solver.engines.price.search.cooling import cooled_prices
from solver.engines.price.solved_market import solve_market
from solver.problem.deadline import Deadline
from solver.problem.factorised import FactorisedProblem
from solver.problem.segments import Segments


@cache
def warm() -> None:
    """Compile or load every function that a solve needs, once in a process.

    Compiling happens once on a machine and is said in the log.
    """
    if not FOLDER.exists():
        logging.getLogger("rightrep").info("compiling the engine for large days, once")
    for capacity, n_factors in (1, 0), (0, 0), (1, 1):
        problem = _three_by_two(capacity, n_factors)
        market = market_of(problem, 0)
        solved = solve_market(market, Deadline(np.inf))
        assert solved is not None
        with Crew(Deadline(np.inf)) as crew:
            price, open_ = cooled_prices(market, crew), market.capacity > 0
            warmth = np.ones(market.n_leads)
            smooth = smoothed(market, open_, price, warmth, crew)
            smooth.lead_by_lead(crew)(price)
            nearer(market, price, 1.0, crew)
            contenders(problem, WithoutSlot.of(problem, 0), np.zeros(2), crew)
        solved.again(np.array([1, 1]), Deadline(np.inf))
        solve_market(market, Deadline.after(0.0))


def _three_by_two(capacity: int, n_factors: int) -> FactorisedProblem:
    return FactorisedProblem(
        lead_ids=np.arange(3),
        rep_ids=np.arange(2),
        segments=Segments(
            np.array([0, 2]), np.arange(2, dtype=np.int32), np.zeros(2), np.zeros(2)
        ),
        segment=np.zeros(3, dtype=np.int32),
        log_odds=np.arange(3.0),
        amount=np.ones(3),
        capacity=np.array([1, capacity]),
        must=np.zeros(3, dtype=bool),
        skip_cost=np.zeros(3),
        lead_factors=np.ones((3, n_factors)),
        rep_factors=np.ones((2, n_factors)),
    )
