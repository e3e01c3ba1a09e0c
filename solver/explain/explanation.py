"""Why a lead has its rep or none: all alternatives, and the cost of forcing each."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from solver.building.day import Day
from solver.explain.assigned import assigned_leads
from solver.explain.counterfactuals import Counterfactuals, Loss
from solver.explain.lead_relaxations import LeadRelaxation, find_relaxations
from solver.explain.least_losses import least_losses
from solver.explain.unassigned import unassigned_leads
from solver.problem.deadline import Deadline
from solver.problem.result import Result, Status

WORK = 2_000_000
"""Pairs that may be solved again, all alternatives together, unless asked for."""
AWAY = "absence"
Choices = tuple[str, str, str, str]
"""A lead's rep and its backup, "" for none; the reason, and what stands beside it."""


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
        Value of the pair after penalties, in the objective's unit; NaN for a
        rep who is not eligible, as all that follows.
    price
        Dual price of the slot and of the limits that the pair takes.
    forced_cost
        What the objective loses if the rep must have it, everything else decided
        anew; infinite where no allocation has it, NaN where it was not solved.
    is_proven
        Whether that cost is exact, both allocations being proven.
    """

    rep_id: str
    is_chosen: bool
    excluded_by: tuple[str, ...]
    value: float
    price: float
    forced_cost: float
    is_proven: bool

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
        What the objective loses if the lead is unassigned; NaN if it is, or if that
        was not solved.
    skipping_is_proven
        Whether that is exact.
    alternatives
        Every rep: the eligible by value less price, then the excluded.
    relaxations
        For a lead without a rep: what would place it, the least change first.
    n_unsolved
        Questions that the time limit left without an answer: costs of forcing or of
        skipping, relaxations.
    losses_are_least
        Whether nothing was solved again: costs of forcing and of skipping are at least
        what is said, by the prices alone.
    """

    lead_id: str
    rep_id: str
    backup_rep_id: str
    reason: str
    detail: str
    price_kind: str
    skipping: float
    skipping_is_proven: bool
    alternatives: tuple[Alternative, ...]
    relaxations: tuple[LeadRelaxation, ...]
    n_unsolved: int = 0
    losses_are_least: bool = False


def explain_lead(
    day: Day,
    result: Result,
    lead_id: str,
    *,
    seed: int,
    time_limit: float,
    rep_ids: frozenset[str] = frozenset(),
) -> Explanation:
    """Return why a lead has its rep or none; costs of forcing are solved anew.

    Parameters
    ----------
    result
        The day's allocation.
    seed, time_limit
        For solving again; seconds for all questions together.
    rep_ids
        Reps for whom forcing is solved before all others. The others follow, the
        likeliest first, as long as the problem is small.

    Raises
    ------
    KeyError
        Where the day has no such lead.
    """
    lead = _position(day, lead_id)
    what_if = Counterfactuals(day, result, seed, Deadline.after(time_limit))
    skipping = Loss(np.nan, False)
    if result.solution.assigned[lead]:
        skipping = what_if.skipping(lead)
    loss = _losses(what_if, _by_net(day, result, lead), rep_ids)
    alternatives = _alternatives(day, result, lead, loss)
    relaxations: tuple[LeadRelaxation, ...] = ()
    if not result.solution.assigned[lead]:
        forced = {other.rep_id: other.forced_cost for other in alternatives}
        relaxations = tuple(find_relaxations(what_if, lead, forced))
    choice, others = _choice(day, result, lead, seed), (alternatives, relaxations)
    unsolved = what_if.n_unsolved
    kind = result.price_kind
    return Explanation(lead_id, *choice, kind, *skipping, *others, n_unsolved=unsolved)


def explain_by_prices(
    day: Day, result: Result, lead_id: str, choice: Choices, *, slack: float
) -> Explanation:
    """Return why a lead has its rep or none, without solving anything again.

    For leads of a larger day: costs are at least what is said.

    Parameters
    ----------
    day, result
        Leads that slots alone link to the others, with the prices of the larger day.
    choice
        The lead's rep and backup, the reason and what stands beside it.
    slack
        Bound less objective of the larger day.

    Raises
    ------
    KeyError
        Where the day has no such lead.
    """
    lead = _position(day, lead_id)
    loss, skipping = least_losses(result, lead, slack)
    if not result.solution.assigned[lead]:
        skipping = Loss(np.nan, False)
    return Explanation(
        lead_id,
        *choice,
        result.price_kind,
        *skipping,
        _alternatives(day, result, lead, loss),
        (),
        losses_are_least=True,
    )


def _position(day: Day, lead_id: str) -> int:
    try:
        return list(day.problem.lead_ids).index(lead_id)
    except ValueError as error:
        raise KeyError(lead_id) from error


def _choice(day: Day, result: Result, lead: int, seed: int) -> Choices:
    """Return the lead's rep and backup, the reason and what stands beside it."""
    lead_id = day.problem.lead_ids[lead]
    if result.solution.assigned[lead]:
        row = assigned_leads(day, result, seed).set_index("lead_id").loc[lead_id]
        return str(row["rep_id"]), str(row["backup_rep_id"]), str(row["reason"]), ""
    row = unassigned_leads(day, result).set_index("lead_id").loc[lead_id]
    return "", "", str(row["reason"]), str(row["detail"])


def _by_net(day: Day, result: Result, lead: int) -> NDArray[np.int64]:
    """Return the pairs of a lead, the highest value less price first."""
    pairs = np.arange(*day.problem.indptr[lead : lead + 2])
    net = day.problem.value[pairs] - result.pair_price[pairs]
    return pairs[np.argsort(-net, kind="stable")]


def _alternatives(
    day: Day, result: Result, lead: int, loss: Mapping[int, Loss]
) -> tuple[Alternative, ...]:
    problem, chosen = day.problem, result.solution.pair[lead]
    pairs = _by_net(day, result, lead)
    price = result.pair_price
    eligible = (
        Alternative(
            str(problem.rep_ids[problem.rep[pair]]),
            bool(pair == chosen),
            (),
            float(problem.value[pair]),
            float(price[pair]),
            *loss[int(pair)],
        )
        for pair in pairs
    )
    others = np.setdiff1d(np.arange(problem.n_reps), problem.rep[pairs])
    return (*eligible, *(_excluded(day, lead, int(rep)) for rep in others))


def _losses(
    what_if: Counterfactuals, pairs: NDArray[np.int64], first: frozenset[str]
) -> dict[int, Loss]:
    """Return what forcing each pair loses, those asked for solved first."""
    result, problem = what_if.result, what_if.day.problem
    rep_ids = problem.rep_ids[problem.rep[pairs]].astype(str)
    if result.status == Status.INFEASIBLE:
        return dict.fromkeys(map(int, pairs), Loss(np.inf, True))
    loss = dict.fromkeys(map(int, pairs), Loss(np.nan, False))
    if not result.status.has_solution:
        return loss
    others = max(WORK // max(problem.n_pairs, 1), 1)
    is_first = np.isin(rep_ids, list(first))
    for pair in [*pairs[is_first], *pairs[~is_first][: others + 1]]:
        is_chosen = result.solution.chosen[pair]
        loss[int(pair)] = Loss(0.0, True) if is_chosen else what_if.forcing(int(pair))
    return loss


def _excluded(day: Day, lead: int, rep: int) -> Alternative:
    return Alternative(
        str(day.problem.rep_ids[rep]),
        False,
        excluded_by(day, lead, rep),
        np.nan,
        np.nan,
        np.nan,
        False,
    )


def excluded_by(day: Day, lead: int, rep: int) -> tuple[str, ...]:
    """Return the hard rules that forbid a pair, and "absence" where the rep is away.

    A rule that keeps the lead from distribution forbids every pair of it.
    """
    at: tuple[NDArray[np.int64], NDArray[np.int32]] = (
        np.array([lead]),
        np.array([rep], dtype=np.int32),
    )
    rules = [
        rule.name for rule in day.hard_filters if not day.filters[rule.name].at(*at)[0]
    ]
    kept_by = [day.kept_by[lead]] if day.kept_by[lead] else []
    away = [] if day.available[rep] else [AWAY]
    return tuple(dict.fromkeys([*kept_by, *rules, *away]))
