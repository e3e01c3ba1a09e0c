"""The maximiser: rounds of survey, shortlist and paths until nothing is to gain."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from solver.engines.price.dual.shortlist import shortlist
from solver.engines.price.dual.survey import NOT_YET, Survey, survey
from solver.engines.price.dual.thresholds import typical_margin
from solver.engines.price.exchange.exchange import exchange_of
from solver.engines.price.exchange.groups import groups_of
from solver.engines.price.exchange.paths import Desk, clear, lower
from solver.engines.price.machine.crew import Crew
from solver.engines.price.market.market import Market

CLOSED = 1e30
"""Price of a slot of a rep without any, in units of the largest value."""
TIGHT = 1e-12
"""Part of the highest price that a choice may lose, for the rounding of prices."""
GAP = 1e-11
"""Part of what leads gain that may be lost by rounding in all."""
REACH = 0.4
"""First reach of prices, in typical margins between a lead's two best options."""
MOST_OPTIONS = 40_000_000
"""Options that a round may list, for the memory they take: some fifty bytes each."""
GROWTH, DECAY, NEARBY = 4.0, 0.5, 0.1
"""Reach grows where it was too short and shrinks elsewhere; neighbours get a part."""


@dataclass(eq=False)
class Settlement:
    """Prices and choices, on their way to the best.

    Attributes
    ----------
    market
        The leads and slots.
    price
        Shape (n_reps,).
    choice
        Shape (n_leads,); as :func:`survey` has it.
    last
        The last survey.
    proven_at
        The highest price when prices began to be lowered, whose rounding they keep.
    """

    market: Market
    price: NDArray[np.float64]
    choice: NDArray[np.int32]
    last: Survey | None = None
    proven_at: float = 0.0

    @classmethod
    def at(cls, market: Market, price: NDArray[np.float64]) -> "Settlement":
        """Return prices at which no lead has chosen; those without slots are closed."""
        closed = CLOSED * max(market.largest_value, 1e-300)
        price = np.where(market.capacity > 0, np.minimum(price, closed / 4), closed)
        choice = np.full(market.n_leads, NOT_YET, dtype=np.int32)
        return cls(market, price, choice)

    @property
    def open_price(self) -> NDArray[np.float64]:
        """Prices, 0 where there is no slot, shape (n_reps,)."""
        return np.where(self.market.capacity > 0, self.price, 0.0)

    @property
    def gap(self) -> float:
        """What choices lose and free slots are priced at."""
        assert self.last is not None
        free = self.market.capacity - self.last.load
        return self.last.loss + float(self.open_price @ np.maximum(free, 0))

    @property
    def is_settled(self) -> bool:
        """Whether the last survey proves the choices to be the best ones."""
        assert self.last is not None
        fits = bool(np.all(self.last.load <= self.market.capacity))
        size = self.last.size + float(self.open_price @ self.market.capacity)
        return fits and self.last.n_moved == 0 and self.gap <= GAP * size

    def look(
        self,
        reach: tuple[NDArray[np.float64], NDArray[np.float64]],
        near: NDArray[np.int32],
        crew: Crew,
    ) -> None:
        """Survey the leads at the present prices."""
        slack = TIGHT * float(self.open_price.max(initial=self.proven_at))
        self.last = survey(
            self.market, self.price, reach, slack, self.choice, near, crew
        )


class PriceReach:
    """How far each price may move in a round, and how that changes between rounds."""

    def __init__(self, market: Market, size: float) -> None:
        self.market, self.first = market, size
        self.level = size
        self.most = np.inf
        self.n_rounds = 0
        self.up = np.where(market.capacity > 0, size, 0.0)
        self.down = self.up.copy()

    @classmethod
    def around(
        cls, market: Market, size: float, reps: NDArray[np.bool_]
    ) -> "PriceReach":
        """Return a reach of these reps' prices and their neighbours' alone."""
        reach = cls(market, size)
        reach.first = 0.0
        reach.up = np.where(reps | market.graph.around(reps), reach.up, 0.0)
        reach.down = reach.up.copy()
        return reach

    @property
    def both(self) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Upwards and downwards, shape (n_reps,) each."""
        return self.up, self.down

    def after(self, desk: Desk) -> None:
        """Lengthen where prices were cut short, shorten elsewhere."""
        self.most *= GROWTH
        self.level = min(self.level * GROWTH, self.most)
        rest = self.first * DECAY * (self.n_rounds < 60)
        self.up = self._next(desk.is_cut_up[:-1], rest)
        self.down = self._next(desk.is_cut_down[:-1], rest)
        self.n_rounds += 1

    def shorten(self) -> None:
        """Shorten the longest, and let none be as long in the next round."""
        self.most = max(float(self.up.max()), float(self.down.max())) / GROWTH
        self.level = min(self.level, self.most)
        self.up = np.minimum(self.up, self.most)
        self.down = np.minimum(self.down, self.most)

    def _next(self, cut: NDArray[np.bool_], rest: float) -> NDArray[np.float64]:
        near = self.market.graph.around(cut)
        reach = np.where(cut, self.level, np.where(near, self.level * NEARBY, rest))
        return np.where(self.market.capacity > 0, reach, 0.0)


def settle(
    state: Settlement,
    crew: Crew,
    *,
    most: int,
    reach: PriceReach | None = None,
    enough: int | None = None,
) -> None:
    """Move prices and choices until they are the best, or for so many rounds.

    The last survey says whether they are. Prices of a settled state prove it.

    Parameters
    ----------
    enough
        A round that would have to list more options ends the search. Where it would
        have to list more than memory allows, prices move in shorter steps.
    """
    market = state.market
    near = np.empty(market.n_leads, dtype=np.int32)
    if reach is None:
        reach = PriceReach(market, REACH * typical_margin(market, state.price))
    for turn in range(most + 1):
        state.look(reach.both, near, crew)
        n_options = int(near.sum(dtype=np.int64))
        if state.is_settled or turn == most or (enough and n_options > enough):
            return
        if n_options > MOST_OPTIONS:
            reach.shorten()
            continue
        reach.after(_exchanged(state, reach, near, crew))


def _exchanged(
    state: Settlement, reach: PriceReach, near: NDArray[np.int32], crew: Crew
) -> Desk:
    """Clear a shortlist: prices and choices are brought up to date."""
    assert state.last is not None
    market = state.market
    options = shortlist(market, state.price, reach.both, state.choice, near, crew)
    exchange = exchange_of(options, market.graph)
    desk = _desk(state, reach.both)
    group, n_groups = groups_of(market.graph.component)
    calls = [(exchange, desk, group, number, crew.stop) for number in range(n_groups)]
    try:
        crew.each(clear, calls)
    finally:
        state.price = desk.price[:-1].copy()
        state.choice[options.lead] = options.option[exchange.held]
    return desk


def _desk(
    state: Settlement, reach: tuple[NDArray[np.float64], NDArray[np.float64]]
) -> Desk:
    assert state.last is not None
    up, down = (np.append(part, 0.0) for part in reach)
    price = np.append(state.price, 0.0)
    n_nodes = len(price)
    return Desk(
        price,
        price + up,
        price - down,
        np.append(state.market.capacity - state.last.load, 0),
        np.zeros(n_nodes, dtype=bool),
        np.zeros(n_nodes, dtype=bool),
    )


def lower_prices(state: Settlement, crew: Crew, *, most: int) -> None:
    """Lower the prices of a settled state to the least that prove it.

    They are those of one more slot each, whatever way led to the settled state. The
    last survey is of prices before.
    """
    market, (none, _) = state.market, unmoved(state.market)
    near = np.empty(market.n_leads, dtype=np.int32)
    group, n_groups = groups_of(market.graph.component)
    open_ = market.capacity > 0
    state.proven_at = float(state.open_price.max(initial=0.0))
    down = np.where(open_, 0.25 * REACH * typical_margin(market, state.price), 0.0)
    for _ in range(most):
        state.look((none, down), near, crew)
        options = shortlist(market, state.price, (none, down), state.choice, near, crew)
        desk = _desk(state, (none, down))
        exchange = exchange_of(options, market.graph)
        calls = [(exchange, desk, group, number) for number in range(n_groups)]
        crew.each(lower, calls)
        state.price = np.where(open_, desk.price[:-1], state.price)
        cut = desk.is_cut_down[:-1] & open_
        if not cut.any():
            break
        down = np.where(cut, GROWTH**2 * down.max(), down)


def unmoved(market: Market) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return a reach in which no price moves, up or down, shape (n_reps,) each."""
    none = np.zeros(market.n_reps)
    return none, none
