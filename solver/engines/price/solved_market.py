"""A market solved: choices that fit, prices that bound them, and how it ended."""

from dataclasses import dataclass, replace
from typing import Self

import numpy as np
from numpy.typing import NDArray

from solver.engines.price.answer.feasibility import required_choices
from solver.engines.price.answer.feasible import fitted
from solver.engines.price.answer.ties import even_out
from solver.engines.price.dual.closed import closed_prices
from solver.engines.price.dual.survey import NOT_YET
from solver.engines.price.dual.thresholds import typical_margin
from solver.engines.price.machine.crew import Crew, StoppedError
from solver.engines.price.market.market import Market
from solver.engines.price.market.stored_values import with_values
from solver.engines.price.search.apart import settle_apart, settle_fully
from solver.engines.price.search.nearby import prices_from
from solver.engines.price.search.settle import (
    REACH,
    PriceReach,
    Settlement,
    unmoved,
)
from solver.problem.deadline import Deadline


@dataclass(frozen=True, eq=False)
class SolvedMarket:
    """Choices and prices of a market, in its order.

    Attributes
    ----------
    market
        The leads and slots.
    choice
        Shape (n_leads,); position in each lead's segment, its length for the outside.
    price
        Shape (n_reps,); of a slot.
    gain, size
        Sum of what leads gain at these prices, and of its parts' sizes.
    is_settled
        Whether the choices are the best ones and the prices the least that prove it.
    """

    market: Market
    choice: NDArray[np.int32]
    price: NDArray[np.float64]
    gain: float
    size: float
    is_settled: bool

    @property
    def dual(self) -> float:
        """The dual function at these prices: no allocation has a larger objective."""
        rounding = 1e-14 * (self.size + float(self.price @ self.market.capacity))
        return self.gain + float(self.price @ self.market.capacity) + rounding

    @property
    def rep_of(self) -> NDArray[np.int32]:
        """Position of each lead's rep in the problem, -1 for none, in its order."""
        market, entries = self.market, self.market.entries
        segment = market.leads.segment
        base = entries.start[segment]
        inside = self.choice < entries.start[segment + 1] - base
        owner = market.outside_rep[market.lead_order].copy()
        taken = entries.rep[base[inside] + self.choice[inside]]
        owner[inside] = market.rep_order[taken]
        rep_of = np.empty_like(owner)
        rep_of[market.lead_order] = owner
        return rep_of

    def again(self, capacity: NDArray[np.int64], deadline: Deadline) -> Self | None:
        """Return the same market solved for other capacities, from these prices.

        Few and small changes take a small part of the time of a solve from the start.
        Prices and value are the same; where several allocations are best it may be
        another.

        Parameters
        ----------
        capacity
            Shape (n_reps,); in the problem's order.
        """
        ordered = capacity[self.market.rep_order].astype(np.int64)
        market = replace(self.market, capacity=ordered)
        solved = solve_market(market, deadline, near=self)
        return None if solved is None else type(self)(**vars(solved))


def solve_market(
    market: Market,
    deadline: Deadline,
    *,
    near: SolvedMarket | None = None,
    start: NDArray[np.float64] | None = None,
    answers_interrupts: bool = False,
    least_prices: bool = True,
    n_threads: int | None = None,
) -> SolvedMarket | None:
    """Return the best choices, or the best known when time is up.

    None where leads that must be assigned cannot all be.

    Parameters
    ----------
    near
        The same market with other capacities, solved.
    start
        Shape (n_reps,); prices of a market like this one, in its order.
    answers_interrupts
        Whether a keyboard interrupt ends the search with the best known choices.
    least_prices
        Whether prices are to be those of one more slot each. Otherwise they prove the
        choices, too, in half the time where slots are few.
    n_threads
        As for :class:`Crew`.
    """
    required = required_choices(market)
    if required is None:
        return None
    known = Settlement.at(
        market, np.zeros(market.n_reps) if near is None else near.price
    )
    ends = (StoppedError, KeyboardInterrupt) if answers_interrupts else (StoppedError,)
    with Crew(deadline, n_threads) as crew:
        try:
            known.market = with_values(market, crew)
            return _settled(known, near, start, crew, least_prices=least_prices)
        except ends:
            pass
    return _at_last(known, required, n_threads)


def _settled(
    state: Settlement,
    near: SolvedMarket | None,
    start: NDArray[np.float64] | None,
    crew: Crew,
    *,
    least_prices: bool,
) -> SolvedMarket:
    market = state.market
    price = None if start is None else prices_from(market, start, crew)
    if price is not None:
        state.price = price
        settle_fully(state, crew, least_prices=least_prices)
    elif near is None:
        settle_apart(state, crew, least_prices=least_prices)
    else:
        state.choice[:] = near.choice
        size = REACH * typical_margin(market, state.price)
        changed = market.capacity != near.market.capacity
        reach = PriceReach.around(market, size, changed)
        settle_fully(state, crew, least_prices=least_prices, reach=reach)
    counts = np.empty(market.n_leads, dtype=np.int32)
    state.look(unmoved(market), counts, crew)
    assert state.last is not None
    if np.any(state.last.load > market.capacity):
        raise StoppedError
    even_out(state, counts, crew)
    return _solved(state, crew, is_settled=state.is_settled)


def _solved(state: Settlement, crew: Crew, *, is_settled: bool) -> SolvedMarket:
    assert state.last is not None
    price = closed_prices(state.market, state.price, crew)
    last = state.last
    return SolvedMarket(
        state.market, state.choice, price, last.gain, last.size, is_settled
    )


def _at_last(
    state: Settlement, required: NDArray[np.int32], n_threads: int | None
) -> SolvedMarket:
    """Return choices that fit, made from prices on their way."""
    market = state.market
    counts = np.empty(market.n_leads, dtype=np.int32)
    with Crew(Deadline(np.inf), n_threads) as crew:
        state.choice = np.full(market.n_leads, NOT_YET, dtype=np.int32)
        state.look(unmoved(market), counts, crew)
        state.choice = fitted(market, state.price, required)
        return _solved(state, crew, is_settled=False)
