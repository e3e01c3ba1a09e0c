"""Leads that could want a slot while no price is below given ones.

Where slots are few, most leads gain less by any slot than it costs. They stay without
one in every optimum whose prices are no lower, so that a market of the others alone
has the same prices.
"""

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from solver.engines.price.machine.compiled import compiled, compiled_sweep
from solver.engines.price.machine.crew import Crew
from solver.engines.price.market.building import (
    alone_values,
    entry_odds_against,
    odds_against,
)
from solver.engines.price.market.canonical import keys
from solver.engines.price.market.lists import without_slot
from solver.problem.factorised import FactorisedProblem

SLACK = 1e-9
"""Part of the largest amount by which a lead may lose and still contend, so that ties
and rounding leave nobody out."""


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
        return cls(*without_slot(alone_values(problem), *pairs, rep_key))


def contenders(
    problem: FactorisedProblem,
    alone: WithoutSlot,
    price: NDArray[np.float64],
    crew: Crew,
) -> NDArray[np.bool_]:
    """Tell which leads could want a slot at these prices or higher, (n_leads,).

    Parameters
    ----------
    alone
        What the problem's leads gain without a slot.
    price
        Shape (n_reps,); reps without slots are left out.
    """
    price = np.where(problem.capacity > 0, price, np.inf)
    least = alone.value - SLACK * np.abs(problem.amount).max(initial=0.0)
    segments, own = problem.segments, problem.exceptions
    paid = segments.charge + price[segments.rep]
    is_linked = problem.rep_factors.size > 0
    sweep = _linked_contenders if is_linked else _contenders
    parts = _log_odds(problem) if is_linked else _odds(problem)
    args = problem.segment, segments.start, problem.amount, least, paid, *parts

    def part(lo: int, hi: int) -> NDArray[np.bool_]:
        found: NDArray[np.bool_] = sweep(*args, lo, hi)
        return found

    wants = np.concatenate(crew.over(problem.n_leads, part))
    gains = own.value - price[own.rep] >= least[own.lead]
    wants[own.lead[own.eligible & own.uses_slot & gains]] = True
    return wants


def _log_odds(problem: FactorisedProblem) -> tuple[Any, ...]:
    """Return the leads' and the entries' parts of the log odds of a win."""
    segments = problem.segments
    factors = problem.lead_factors, problem.rep_factors
    return problem.log_odds, segments.added, *factors, segments.rep, problem.step


def _odds(problem: FactorisedProblem) -> tuple[Any, ...]:
    """Return the leads' and the entries' parts of the odds against a win."""
    of_entry = entry_odds_against(problem.segments.added, problem.step)
    return odds_against(problem.log_odds), of_entry


@compiled_sweep
def _contenders(
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
    for lead in range(lo, hi):
        own = slice(start[segment[lead]], start[segment[lead] + 1])
        pays, odds = paid[own], of_entry[own]
        part, lowest, most, count = of_lead[lead], least[lead], amount[lead], 0
        for j in range(len(pays)):
            count += (pays[j] + lowest) * (1.0 + part * odds[j]) <= most
        wants[lead - lo] = count > 0 or lowest == -np.inf
    return wants


@compiled
def _linked_contenders(
    segment: NDArray[np.int32],
    start: NDArray[np.int64],
    amount: NDArray[np.float64],
    least: NDArray[np.float64],
    paid: NDArray[np.float64],
    log_odds: NDArray[np.float64],
    added: NDArray[np.float64],
    of_lead: NDArray[np.float64],
    of_rep: NDArray[np.float64],
    rep: NDArray[np.int32],
    step: float,
    lo: int,
    hi: int,
) -> NDArray[np.bool_]:
    """Tell the same where leads and reps interact."""
    wants = np.zeros(hi - lo, dtype=np.bool_)
    for lead in range(lo, hi):
        for entry in range(start[segment[lead]], start[segment[lead] + 1]):
            more = added[entry]
            for k in range(of_rep.shape[1]):
                more += of_lead[lead, k] * of_rep[rep[entry], k]
            if step > 0.0:
                more = np.rint(more / step) * step
            value = amount[lead] / (1.0 + np.exp(-(log_odds[lead] + more)))
            if value - paid[entry] >= least[lead]:
                wants[lead - lo] = True
                break
        wants[lead - lo] |= least[lead] == -np.inf
    return wants
