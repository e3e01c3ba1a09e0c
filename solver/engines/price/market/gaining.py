"""Which leads gain enough by a slot at given prices: what the compiled sweeps ask."""

import numpy as np
from numpy.typing import NDArray

from solver.engines.price.machine.compiled import compiled_sweep
from solver.engines.price.market.interactions import add_up, lay_out


@compiled_sweep
def gaining(
    order: NDArray[np.int64],
    segment: NDArray[np.int32],
    start: NDArray[np.int64],
    amount: NDArray[np.float64],
    least: NDArray[np.float64],
    paid: NDArray[np.float64],
    of_lead: NDArray[np.float64],
    of_entry: NDArray[np.float64],
    lo: int,
    hi: int,
) -> NDArray[np.bool_]:
    """Tell where amount / (1 + odds) - paid >= least, both sides times 1 + odds.

    Parameters
    ----------
    order
        Shape (n_asked,); leads, of which those from `lo` to `hi` are looked at.
    segment, amount, least, of_lead
        Shape (n_leads,); the least that a lead has to gain, and its part of the odds.
    start
        Shape (n_segments + 1,).
    paid, of_entry
        Shape (n_entries,); the reps' prices and charges, and their part of the odds.
    """
    wants = np.empty(hi - lo, dtype=np.bool_)
    for at in range(lo, hi):
        lead = order[at]
        own = slice(start[segment[lead]], start[segment[lead] + 1])
        pays, odds = paid[own], of_entry[own]
        part, lowest, most, count = of_lead[lead], least[lead], amount[lead], 0
        for j in range(len(pays)):
            count += (pays[j] + lowest) * (1.0 + part * odds[j]) <= most
        wants[at - lo] = count > 0 or lowest == -np.inf
    return wants


@compiled_sweep
def gaining_linked(
    order: NDArray[np.int64],
    segment: NDArray[np.int32],
    start: NDArray[np.int64],
    amount: NDArray[np.float64],
    least: NDArray[np.float64],
    paid: NDArray[np.float64],
    log_odds: NDArray[np.float64],
    added: NDArray[np.float64],
    of_lead: NDArray[np.float64],
    of_rep: NDArray[np.float64],
    norm: NDArray[np.float64],
    rep_norm: NDArray[np.float64],
    rep: NDArray[np.int32],
    step: float,
    widest: int,
    lo: int,
    hi: int,
) -> NDArray[np.bool_]:
    """Tell the same where leads and reps interact, from their parts of the log odds.

    Parameters
    ----------
    of_lead, of_rep
        Shape (n_leads, k) and (k, n_reps); their factors.
    norm, rep_norm
        Shape (n_leads,) and (n_entries,); the lengths of these.
    rep
        Shape (n_entries,).
    widest
        Entries of the longest segment.
    """
    wants = np.empty(hi - lo, dtype=np.bool_)
    table, known = np.empty((len(of_rep), widest)), -1
    more, room = np.empty(widest), np.empty(widest)
    for at in range(lo, hi):
        lead = order[at]
        own = slice(start[segment[lead]], start[segment[lead] + 1])
        count = own.stop - own.start
        pays, of_entry = paid[own], added[own]
        most, lowest, part = amount[lead], least[lead], log_odds[lead] + 0.5 * step
        wants[at - lo] = lowest == -np.inf
        for j in range(count):
            more[j] = of_entry[j] + norm[lead] * rep_norm[own.start + j]
        if wants[at - lo] or not _leave_room(pays, more, most, lowest, part, room):
            continue
        if segment[lead] != known:
            lay_out(of_rep, rep[own], table)
            known = segment[lead]
        add_up(of_entry, of_lead[lead], table, more)
        if not _leave_room(pays, more, most, lowest, part, room):
            continue
        part = log_odds[lead]
        for j in range(count):
            if room[j] >= 0.0:
                gain = np.rint(more[j] / step) * step if step > 0.0 else more[j]
                if most / (1.0 + np.exp(-(part + gain))) - pays[j] >= lowest:
                    wants[at - lo] = True
                    break
    return wants


@compiled_sweep
def _leave_room(
    pays: NDArray[np.float64],
    more: NDArray[np.float64],
    amount: float,
    least: float,
    log_odds: float,
    room: NDArray[np.float64],
) -> bool:
    """Tell whether an entry may gain enough; those that cannot leave no room.

    The odds against a win are no less than (1 - log odds / 256) ** 256, which takes no
    exponential.
    """
    count = 0
    for j in range(len(pays)):
        odds = 1.0 - (log_odds + more[j]) / 256.0
        odds = min(max(odds, 0.0), 4.0)
        for _ in range(8):
            odds *= odds
        wanted = pays[j] + least
        left = amount - wanted * (1.0 + odds)
        room[j] = left if wanted > 0.0 else 1.0
        count += room[j] >= 0.0
    return count > 0
