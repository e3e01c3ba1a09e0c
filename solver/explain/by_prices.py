"""One lead of a larger day explained by its prices, nothing solved again."""

import numpy as np

from solver.building.day import Day
from solver.explain.alternatives import alternatives_of, position_of
from solver.explain.counterfactuals import Loss
from solver.explain.explanation import Choices, Explanation
from solver.problem.result import Result


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
    lead = position_of(day, lead_id)
    loss, skipping = least_losses(result, lead, slack)
    if not result.solution.assigned[lead]:
        skipping = Loss(np.nan, False)
    return Explanation(
        lead_id,
        *choice,
        result.price_kind,
        *skipping,
        alternatives_of(day, result, lead, loss),
        (),
        losses_are_least=True,
    )


def least_losses(
    result: Result, lead: int, slack: float
) -> tuple[dict[int, Loss], Loss]:
    """Return what forcing each pair of a lead loses at least, and what skipping does.

    Prices bound what an allocation can be worth. A lead that must take another option
    than its best one, at these prices, lowers the bound by the difference.

    Parameters
    ----------
    result
        Its prices are of slots alone.
    slack
        Bound less objective of all leads, which is taken off.

    Returns
    -------
    tuple
        Pair -> loss, 0 where it is chosen; and the loss of leaving the lead
        unassigned, infinite where it must not be.

    References
    ----------
    Bertsimas and Tsitsiklis (1997), Introduction to linear optimization, section 3.2,
    on reduced costs.
    """
    problem = result.solution.problem
    pairs = np.arange(*problem.indptr[lead : lead + 2])
    net = problem.value[pairs] - result.pair_price[pairs]
    alone = -np.inf if problem.must[lead] else -float(problem.skip_cost[lead])
    best = max(net.max(initial=-np.inf), alone)
    chosen = result.solution.pair[lead]
    loss = {
        int(pair): Loss(_least(best - own, slack), False)
        for pair, own in zip(pairs, net, strict=True)
    }
    if chosen >= 0:
        loss[int(chosen)] = Loss(0.0, True)
    return loss, Loss(_least(best - alone, slack), False)


def _least(difference: float, slack: float) -> float:
    return float(max(difference - slack, 0.0))
