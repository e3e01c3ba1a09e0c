"""Leads that could want a slot while no price is below given ones.

Where slots are few, most leads gain less by any slot than it costs. They stay without
one in every optimum whose prices are no lower, so that a market of the others alone
has the same prices.
"""

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from solver.engines.price.machine.crew import Crew
from solver.engines.price.market.building import (
    entry_odds_against,
    odds_against,
)
from solver.engines.price.market.canonical import keys
from solver.engines.price.market.gaining import gaining, gaining_linked
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
    sweep = gaining_linked if is_linked else gaining
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
