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
    n_threads: int | None = None,
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
    n_threads
        As many as there are cores by default.
    """
    warm()
    alone = WithoutSlot.of(problem, seed)
    unlimited = problem.capacity >= problem.n_leads
    for part in FLOORS:
        floor = np.where(unlimited, 0.0, part * price)
        wants = _contenders(problem, alone, floor, n_threads)
        some = problem.of_leads(np.flatnonzero(wants))
        market = market_of(some, seed)
        start = np.where(unlimited, 0.0, price)[market.rep_order]
        solved = solve_market(
            market, deadline, start=start, least_prices=False, n_threads=n_threads
        )
        if solved is None:
            return PricedDay.infeasible(problem)
        price = in_order_of(some, solved)
        # At the floor, leads that are left out gain nothing: only reps whose prices are
        # lower in the end can change that.
        left = _left_out(problem, wants, price < floor)
        lower = np.where(price < floor, price, np.inf)
        holds = not _contenders(problem, alone, lower, n_threads, among=left).any()
        if holds or not solved.is_settled:
            break
    assert solved is not None
    bound = solved.dual + float(alone.value[~wants].sum()) if holds else np.inf
    rep_of = alone.rep.copy()
    rep_of[wants] = solved.rep_of
    return PricedDay.of(problem, rep_of, bound, price)


def _left_out(
    problem: FactorisedProblem,
    wants: NDArray[np.bool_],
    is_lower: NDArray[np.bool_],
) -> NDArray[np.bool_]:
    """Tell which of the leads left out could want a slot of these reps, (n_leads,)."""
    if not is_lower.any():
        return np.zeros(problem.n_leads, dtype=np.bool_)
    n_lower = np.concatenate([[0], np.cumsum(is_lower[problem.segments.rep])])
    left: NDArray[np.bool_] = np.diff(n_lower[problem.segments.start]) > 0
    left = left[problem.segment]
    left[problem.exceptions.lead] = True
    return left & ~wants


def _contenders(
    problem: FactorisedProblem,
    alone: WithoutSlot,
    price: NDArray[np.float64],
    n_threads: int | None,
    among: NDArray[np.bool_] | None = None,
) -> NDArray[np.bool_]:
    if among is not None and not among.any():
        return among
    with Crew(Deadline(np.inf), n_threads) as crew:
        return contenders(problem, alone, price, crew, among=among)
