"""Among allocations of equal value: fewer leads unassigned, loads more even."""

import numpy as np
from numpy.typing import NDArray

from solver.engines.price.dual.shortlist import Shortlist, shortlist
from solver.engines.price.machine.compiled import compiled
from solver.engines.price.machine.crew import Crew
from solver.engines.price.search.settle import Settlement

N_SWEEPS = 20


def even_out(state: Settlement, near: NDArray[np.int32], crew: Crew) -> None:
    """Move leads between options of equal value, where that costs nothing.

    Reps whose slots have a price stay full. Leads without a rep go to one; leads move
    to a rep who then is less full, as a share of capacity, than theirs was.

    Parameters
    ----------
    near
        Shape (n_leads,); how many options of each lead are equal, as counted by a
        survey without reach.
    """
    assert state.last is not None
    market, none = state.market, np.zeros(state.market.n_reps)
    options = shortlist(market, state.price, (none, none), state.choice, near, crew)
    wants = market.outside_rep[market.lead_order[options.lead]] < 0
    slack = 1e-12 * float(state.open_price.max(initial=0.0))
    is_free = (state.price == 0) & (market.capacity > 0)
    load = state.last.load.copy()
    args = options, wants, np.append(state.price, 0.0), slack
    _even_out(*args, np.append(is_free, False), market.capacity, load)
    state.choice[options.lead] = options.option[options.held]
    state.last = state.last._replace(load=load)


@compiled
def _even_out(
    options: Shortlist,
    wants: NDArray[np.bool_],
    price: NDArray[np.float64],
    slack: float,
    is_free: NDArray[np.bool_],
    capacity: NDArray[np.int64],
    load: NDArray[np.int64],
) -> None:
    outside = len(capacity)
    for _ in range(N_SWEEPS):
        n_moved = 0
        for i in range(len(options.lead)):
            held = options.held[i]
            holder = options.rep[held]
            if holder == outside and not wants[i]:
                continue
            if holder != outside and not is_free[holder]:
                continue
            net = options.value[held] - price[holder]
            share, best = np.inf, held
            if holder != outside:
                share = load[holder] / capacity[holder]
            for at in range(options.start[i], options.start[i + 1]):
                rep = options.rep[at]
                if at == held or not is_free[rep] or load[rep] >= capacity[rep]:
                    continue
                after = (load[rep] + 1) / capacity[rep]
                if options.value[at] >= net - slack and after < share - 1e-12:
                    share, best = after, at
            if best != held:
                if holder != outside:
                    load[holder] -= 1
                load[options.rep[best]] += 1
                options.held[i] = best
                n_moved += 1
        if n_moved == 0:
            break
