"""A day like one that is solved: its prices tell which leads could want a slot."""

import numpy as np
from numpy.typing import NDArray

from solver.engines.price.engine import PricedDay, in_order_of
from solver.engines.price.machine.crew import Crew
from solver.engines.price.market.building import market_of
from solver.engines.price.market.contenders import WithoutSlot, contenders
from solver.engines.price.solved_market import solve_market
from solver.engines.price.warming import warm
from solver.problem.deadline import Deadline
from solver.problem.factorised import FactorisedProblem

FLOORS = 0.9, 0.95, 0.5, 0.0
"""Parts of the last prices below which none should fall, one after the other.

Leads that were left out make prices rise: the second may be near the first ones.
"""


def solve_changed(
    problem: FactorisedProblem,
    price: NDArray[np.float64],
    *,
    seed: int,
    deadline: Deadline,
) -> PricedDay:
    """Return a large day solved, in less time the nearer it is to a solved one.

    Leads that gain nothing by a slot at prices somewhat below the known ones are left
    out, and looked at again where a price falls further. The value is that of
    :func:`~solver.engines.price.engine.solve_factorised`; prices are others where
    several prove it, and say nothing of reps without slots. The day has no market
    behind it.

    Parameters
    ----------
    price
        Shape (n_reps,); of a solved day, whose rules were a few more or less.
    seed
        Breaks ties.
    deadline
        When the best known allocation is due.
    """
    warm()
    alone, unlimited = WithoutSlot.of(problem), problem.capacity >= problem.n_leads
    for part in FLOORS:
        floor = np.where(unlimited, 0.0, part * price)
        wants = _contenders(problem, alone, floor)
        some = problem.of_leads(np.flatnonzero(wants))
        market = market_of(some, seed)
        start = np.where(unlimited, 0.0, price)[market.rep_order]
        solved = solve_market(market, deadline, start=start, least_prices=False)
        if solved is None:
            return PricedDay.infeasible(problem)
        price = in_order_of(some, solved)
        holds = _is_enough(problem, alone, wants, floor, price)
        if holds or not solved.is_settled:
            break
    assert solved is not None
    bound = solved.dual + float(alone.value[~wants].sum()) if holds else np.inf
    rep_of = alone.rep.copy()
    rep_of[wants] = solved.rep_of
    return PricedDay.of(problem, rep_of, bound, price)


def _is_enough(
    problem: FactorisedProblem,
    alone: WithoutSlot,
    wants: NDArray[np.bool_],
    floor: NDArray[np.float64],
    price: NDArray[np.float64],
) -> bool:
    """Tell whether the leads left out gain nothing by a slot at these prices.

    At the floor they gained nothing: only reps whose prices are lower can tell.
    """
    lower, segments = price < floor, problem.segments
    if not lower.any():
        return True
    n_lower = np.concatenate([[0], np.cumsum(lower[segments.rep])])[segments.start]
    left = ~wants & (np.diff(n_lower) > 0)[problem.segment]
    left[problem.exceptions.lead] = ~wants[problem.exceptions.lead]
    return not np.any(_contenders(problem, alone, np.where(lower, price, np.inf), left))


def _contenders(
    problem: FactorisedProblem,
    alone: WithoutSlot,
    price: NDArray[np.float64],
    among: NDArray[np.bool_] | None = None,
) -> NDArray[np.bool_]:
    with Crew(Deadline(np.inf)) as crew:
        return contenders(problem, alone, price, crew, among=among)
