"""What forcing a lead's pairs loses at least: reduced costs of a priced day."""

import numpy as np

from solver.explain.counterfactuals import Loss
from solver.problem.result import Result


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
        int(pair): Loss(0.0 if pair == chosen else _least(best - own, slack), True)
        for pair, own in zip(pairs, net, strict=True)
    }
    return loss, Loss(_least(best - alone, slack), True)


def _least(difference: float, slack: float) -> float:
    return float(max(difference - slack, 0.0))
