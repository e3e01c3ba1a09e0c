"""From no prices to settled ones: a wide day's pieces each by itself.

Pieces share no rep: a sweep for the slowest is one over its own leads, and no step is
shortened for another's sake. Threads take pieces; one that is larger than a thread's
part of the day is swept by all of them.
"""

import numpy as np

from solver.engines.price.machine.alone import Alone
from solver.engines.price.machine.crew import Crew, StoppedError
from solver.engines.price.market.pieces import Piece, pieces_of
from solver.engines.price.search.levels import is_wide, start_prices
from solver.engines.price.search.settle import (
    PriceReach,
    Settlement,
    lower_prices,
    settle,
)
from solver.engines.processes.process import n_cores

MOST_ROUNDS, MOST_LOWERINGS = 60, 12


def settle_apart(state: Settlement, crew: Crew, *, least_prices: bool) -> None:
    """Bring prices and choices from the start to the best, piece by piece.

    Parameters
    ----------
    least_prices
        Whether prices are lowered to the least that prove it.

    Raises
    ------
    StoppedError
        Where the best are not found in time; prices are then on their way.
    """

    def solve(piece: Piece, crew: Crew) -> None:
        part = Settlement.at(piece.market, np.zeros(piece.market.n_reps))
        try:
            _settle_anew(part, crew, least_prices=least_prices)
        finally:
            open_ = part.market.capacity > 0
            state.price[piece.rep[open_]] = part.price[open_]
            state.choice[piece.lead] = part.choice
            proven_at.append(part.proven_at)

    proven_at = [0.0]
    pieces = pieces_of(state.market) if is_wide(state.market) else []
    if len(pieces) <= 1:
        _settle_anew(state, crew, least_prices=least_prices)
        return
    alone = []
    for piece in pieces:
        if piece.market.n_leads * n_cores() > state.market.n_leads:
            solve(piece, crew)
        else:
            alone.append((piece, Alone(crew)))
    crew.each(solve, alone)
    state.proven_at = max(proven_at)


def _settle_anew(state: Settlement, crew: Crew, *, least_prices: bool) -> None:
    market = state.market
    state.price = Settlement.at(market, start_prices(market, crew)).price
    settle_fully(state, crew, least_prices=least_prices)


def settle_fully(
    state: Settlement,
    crew: Crew,
    *,
    least_prices: bool,
    reach: PriceReach | None = None,
) -> None:
    """Move prices and choices until they are the best, then prices to the least.

    Raises
    ------
    StoppedError
        Where the best are not found in time, or in so many rounds.
    """
    settle(state, crew, most=MOST_ROUNDS, reach=reach)
    if not state.is_settled:
        raise StoppedError
    if least_prices:
        lower_prices(state, crew, most=MOST_LOWERINGS)
