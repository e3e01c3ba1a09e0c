"""One lead explained, the costs of forcing solved anew."""

import numpy as np
from numpy.typing import NDArray

from solver.building.day import Day
from solver.explain.alternatives import alternatives_of, by_net, position_of
from solver.explain.assigned import assigned_leads
from solver.explain.counterfactuals import Counterfactuals, Loss
from solver.explain.explanation import Choices, Explanation
from solver.explain.lead_relaxations import LeadRelaxation, find_relaxations
from solver.explain.unassigned import unassigned_leads
from solver.problem.deadline import Deadline
from solver.problem.result import Result, Status

WORK = 2_000_000
"""Pairs that may be solved again, all alternatives together, unless asked for."""


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
    lead = position_of(day, lead_id)
    what_if = Counterfactuals(day, result, seed, Deadline.after(time_limit))
    skipping = Loss(np.nan, False)
    if result.solution.assigned[lead]:
        skipping = what_if.skipping(lead)
    loss = _losses(what_if, by_net(day, result, lead), rep_ids)
    alternatives = alternatives_of(day, result, lead, loss)
    relaxations: tuple[LeadRelaxation, ...] = ()
    if not result.solution.assigned[lead]:
        forced = {other.rep_id: other.forced_cost for other in alternatives}
        relaxations = tuple(find_relaxations(what_if, lead, forced))
    choice, others = choice_of(day, result, lead, seed), (alternatives, relaxations)
    unsolved = what_if.n_unsolved
    kind = result.price_kind
    return Explanation(lead_id, *choice, kind, *skipping, *others, n_unsolved=unsolved)


def choice_of(day: Day, result: Result, lead: int, seed: int) -> Choices:
    """Return the lead's rep and backup, the reason and what stands beside it."""
    lead_id = day.problem.lead_ids[lead]
    if result.solution.assigned[lead]:
        row = assigned_leads(day, result, seed).set_index("lead_id").loc[lead_id]
        return str(row["rep_id"]), str(row["backup_rep_id"]), str(row["reason"]), ""
    row = unassigned_leads(day, result).set_index("lead_id").loc[lead_id]
    return "", "", str(row["reason"]), str(row["detail"])


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
