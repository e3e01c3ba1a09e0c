"""Leads that could want a slot while no price is below given ones.

Where slots are few, most leads gain less by any slot than it costs. They stay without
one in every optimum whose prices are no lower, so that a market of the others alone
has the same prices.
"""

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from solver.engines.price.machine.compiled import compiled_sweep
from solver.engines.price.machine.crew import Crew
from solver.engines.price.market.building import (
    entry_odds_against,
    odds_against,
)
from solver.engines.price.market.canonical import keys
from solver.engines.price.market.interactions import add_up, lay_out
from solver.engines.price.market.lists import without_slot
from solver.problem.factorised import FactorisedProblem

SLACK = 1e-9
"""Part of the largest amount by which a lead may lose and still contend, so that ties
and rounding leave nobody out."""
ROUNDING = 1e-9
"""Of sums of products, far more than it can be."""


class WithoutSlot(NamedTuple):
    """What leads gain without a slot.

    Attributes
    ----------
    value
        Shape (n_leads,); minus infinity where a lead must have one.
    rep
        Shape (n_leads,); who then takes the lead without a slot, -1 for nobody.
    """

    value: NDArray[np.float64]
    rep: NDArray[np.int32]

    @classmethod
    def of(cls, problem: FactorisedProblem, seed: int) -> "WithoutSlot":
        """Return what a problem's leads gain, unassigned or by a pair without slot.

        The seed draws between equal reps.
        """
        own = problem.exceptions
        free = own.eligible & ~own.uses_slot
        pairs = own.lead[free], own.rep[free], own.value[free]
        rep_key = keys(problem.rep_ids, seed)
        return cls(*without_slot(problem.unassigned_value, *pairs, rep_key))


def contenders(
    problem: FactorisedProblem,
    alone: WithoutSlot,
    price: NDArray[np.float64],
    crew: Crew,
    *,
    among: NDArray[np.bool_] | None = None,
) -> NDArray[np.bool_]:
    """Tell which leads could want a slot at these prices or higher, (n_leads,).

    Parameters
    ----------
    alone
        What the problem's leads gain without a slot.
    price
        Shape (n_reps,); reps without slots are left out.
    among
        Shape (n_leads,); the leads to look at, by default all.
    """
    price = np.where(problem.capacity > 0, price, np.inf)
    least = alone.value - SLACK * np.abs(problem.amount).max(initial=0.0)
    segments, own = problem.segments, problem.exceptions
    paid = segments.charge + price[segments.rep]
    is_linked = problem.rep_factors.size > 0
    sweep = _linked_contenders if is_linked else _contenders
    parts = _log_odds(problem) if is_linked else _odds(problem)
    # One after the other, leads of a segment look at the same entries.
    order = np.argsort(problem.segment, kind="stable")
    order = order if among is None else order[among[order]]
    args = order, problem.segment, segments.start, problem.amount, least, paid, *parts

    def part(lo: int, hi: int) -> NDArray[np.bool_]:
        found: NDArray[np.bool_] = sweep(*args, lo, hi)
        return found

    wants = np.zeros(problem.n_leads, dtype=np.bool_)
    wants[order] = np.concatenate(crew.over(len(order), part))
    gains = own.value - price[own.rep] >= least[own.lead]
    wants[own.lead[own.eligible & own.uses_slot & gains]] = True
    return wants if among is None else wants & among


def _log_odds(problem: FactorisedProblem) -> tuple[Any, ...]:
    """Return the leads' and the entries' parts of the log odds of a win."""
    segments, of_rep = problem.segments, np.ascontiguousarray(problem.rep_factors.T)
    norms = _norms(problem.lead_factors), _norms(problem.rep_factors)[segments.rep]
    widest = int(np.diff(segments.start).max(initial=0))
    factors = problem.lead_factors, of_rep, *norms
    return (
        problem.log_odds,
        segments.added,
        *factors,
        segments.rep,
        problem.step,
        widest,
    )


def _norms(factors: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the length of each row; no product of two rows is above that of theirs."""
    return np.sqrt(np.einsum("ij,ij->i", factors, factors)) * (1.0 + ROUNDING)


def _odds(problem: FactorisedProblem) -> tuple[Any, ...]:
    """Return the leads' and the entries' parts of the odds against a win."""
    of_entry = entry_odds_against(problem.segments.added, problem.step)
    return odds_against(problem.log_odds), of_entry


@compiled_sweep
def _contenders(
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
    """Tell where amount / (1 + odds) - paid >= least, both sides times 1 + odds."""
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
def _linked_contenders(
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
    """Tell the same where leads and reps interact."""
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
