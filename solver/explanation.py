"""Why a lead went where it did: every other rep, and what forcing one would cost."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from solver.building import Day
from solver.choices import choices
from solver.engines import solve
from solver.leftovers import leftovers
from solver.problem import Problem
from solver.remedies import Remedy, find_remedies
from solver.result import Result, Status

WORK = 2_000_000
"""Pairs that may be solved again, all alternatives together, unless asked for."""
AWAY = "absence"


@dataclass(frozen=True)
class Alternative:
    """A rep who might have had the lead.

    Attributes
    ----------
    rep_id
        The rep.
    is_chosen
        Whether the rep has it.
    excluded_by
        The hard rules that forbid it, and "absence" for a rep who is not at work;
        empty for an eligible rep.
    value
        What the pair is worth after penalties, in the objective's unit; NaN for a
        rep who is not eligible, as all that follows.
    price
        Dual price of the slot and of the limits that the pair takes.
    forced_cost
        What the objective loses if the rep must have it, everything else decided
        anew; infinite where no allocation has it, NaN where it was not asked for.
    """

    rep_id: str
    is_chosen: bool
    excluded_by: tuple[str, ...]
    value: float
    price: float
    forced_cost: float

    @property
    def net(self) -> float:
        """Value less price."""
        return self.value - self.price


@dataclass(frozen=True)
class Explanation:
    """Why a lead has this rep, or none.

    Attributes
    ----------
    lead_id, rep_id, backup_rep_id
        The lead, its rep and who comes next; "" for none.
    reason
        A :class:`solver.Choice` or :class:`solver.Reason`.
    detail
        What stands beside the reason.
    price_kind
        What the prices are; where they are exact, the highest value less price is
        the whole reason.
    skipping
        What the objective loses if the lead is left over; NaN if it is.
    alternatives
        Every rep: the eligible by value less price, then the excluded.
    remedies
        For a lead without a rep: what would place it, the cheapest first.
    """

    lead_id: str
    rep_id: str
    backup_rep_id: str
    reason: str
    detail: str
    price_kind: str
    skipping: float
    alternatives: tuple[Alternative, ...]
    remedies: tuple[Remedy, ...]


def explain(
    day: Day,
    result: Result,
    lead_id: str,
    *,
    seed: int,
    time_limit: float,
    rep_ids: frozenset[str] = frozenset(),
) -> Explanation:
    """Return why a lead went where it did; what it claims is solved again.

    Parameters
    ----------
    result
        The day's allocation.
    seed, time_limit
        For solving again; seconds for each.
    rep_ids
        Reps for whom forcing is solved in any case. The others are, the likeliest
        first, as long as the problem is small.

    Raises
    ------
    KeyError
        Where the day has no such lead.
    """
    lead = list(day.problem.lead_ids).index(lead_id)
    again = _Again(day.problem, result, seed, time_limit)
    alternatives = _alternatives(day, result, lead, again, rep_ids)
    said: tuple[str, str, str, str]
    found: tuple[Remedy, ...] = ()
    if result.solution.pair[lead] < 0:
        left = leftovers(day, result).set_index("lead_id").loc[lead_id]
        said = "", "", str(left["reason"]), str(left["detail"])
        found = tuple(
            find_remedies(day, result, lead, seed=seed, time_limit=time_limit)
        )
    else:
        made = choices(day, result, seed).set_index("lead_id").loc[lead_id]
        names = str(made["rep_id"]), str(made["backup_rep_id"])
        said = *names, str(made["reason"]), ""
    skipping = again.cost_without(lead) if said[0] else np.nan
    kind = result.price_kind
    return Explanation(lead_id, *said, kind, skipping, alternatives, found)


@dataclass(frozen=True)
class _Again:
    """The problem solved again with one lead's choice taken away."""

    problem: Problem
    result: Result
    seed: int
    time_limit: float

    def cost_of(self, pair: int) -> float:
        """Return what the objective loses if this pair must be."""
        lead = self.problem.lead[pair]
        kept = self.problem.lead != lead
        kept[pair] = True
        must = self.problem.must.copy()
        must[lead] = True
        return self._loss(self.problem.restricted(kept).replace(must=must))

    def cost_without(self, lead: int) -> float:
        """Return what the objective loses if the lead is left over."""
        if self.problem.must[lead]:
            return np.inf
        return self._loss(self.problem.restricted(self.problem.lead != lead))

    def _loss(self, problem: Problem) -> float:
        forced = solve(problem, seed=self.seed, time_limit=self.time_limit)
        if forced.status == Status.INFEASIBLE:
            return np.inf
        if not forced.status.has_solution:
            return np.nan
        return self.result.objective - forced.objective


def _alternatives(
    day: Day, result: Result, lead: int, again: _Again, rep_ids: frozenset[str]
) -> tuple[Alternative, ...]:
    problem, solution = day.problem, result.solution
    pairs = np.arange(problem.indptr[lead], problem.indptr[lead + 1])
    price = result.pair_price[pairs]
    order = np.argsort(price - problem.value[pairs], kind="stable")
    budget = max(WORK // max(problem.n_pairs, 1), 1)
    eligible = []
    for place, at in enumerate(order):
        pair = int(pairs[at])
        rep_id = str(problem.rep_ids[problem.rep[pair]])
        is_chosen = bool(solution.pair[lead] == pair)
        asked = place <= budget or rep_id in rep_ids
        cost = again.cost_of(pair) if asked and not is_chosen else np.nan
        eligible.append(
            Alternative(
                rep_id,
                is_chosen,
                (),
                float(problem.value[pair]),
                float(price[at]),
                0.0 if is_chosen else float(cost),
            )
        )
    others = np.setdiff1d(np.arange(problem.n_reps), problem.rep[pairs])
    return (*eligible, *(_excluded(day, lead, int(rep)) for rep in others))


def _excluded(day: Day, lead: int, rep: int) -> Alternative:
    return Alternative(
        str(day.problem.rep_ids[rep]),
        False,
        excluded_by(day, lead, rep),
        np.nan,
        np.nan,
        np.nan,
    )


def excluded_by(day: Day, lead: int, rep: int) -> tuple[str, ...]:
    """Return the hard rules that forbid a pair, and "absence" where the rep is away."""
    at: tuple[NDArray[np.int64], NDArray[np.int32]] = (
        np.array([lead]),
        np.array([rep], dtype=np.int32),
    )
    rules = [
        rule.name for rule in day.hard_filters if not day.filters[rule.name].at(*at)[0]
    ]
    return (*rules, *([] if day.available[rep] else [AWAY]))
