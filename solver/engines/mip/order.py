"""A problem in an order that depends on ids and the seed alone."""

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from solver.problem.problem import Problem, random_ranks


class Shuffled:
    """A problem whose leads and reps are in random order, and the way back.

    Attributes
    ----------
    problem
        The problem in the new order.
    """

    def __init__(self, problem: Problem, seed: int) -> None:
        rng = np.random.default_rng(seed)
        lead_rank = random_ranks(problem.lead_ids, rng)
        self._rep_rank = random_ranks(problem.rep_ids, rng)
        self._pair = np.lexsort((self._rep_rank[problem.rep], lead_rank[problem.lead]))
        self._lead = np.argsort(lead_rank)
        self._lead_rank = lead_rank
        self.problem = self._shuffled(problem)

    def _shuffled(self, problem: Problem) -> Problem:
        lead, pair, rep = self._lead, self._pair, np.argsort(self._rep_rank)
        position = np.argsort(pair)
        return problem.replace(
            lead_ids=problem.lead_ids[lead],
            rep_ids=problem.rep_ids[rep],
            indptr=np.concatenate([[0], np.cumsum(np.diff(problem.indptr)[lead])]),
            rep=self._rep_rank[problem.rep[pair]].astype(np.int32),
            value=problem.value[pair],
            capacity=problem.capacity[rep],
            arrival=problem.arrival[lead],
            must=problem.must[lead],
            uses_slot=problem.uses_slot[pair],
            skip_cost=problem.skip_cost[lead],
            limits=tuple(
                replace(
                    limit,
                    pair=np.sort(position[limit.pair]),
                    weight=limit.weight[np.argsort(position[limit.pair])],
                )
                for limit in problem.limits
            ),
            shares=tuple(
                replace(
                    share,
                    weight=share.weight[lead],
                    fair=share.fair[rep],
                    lower=np.broadcast_to(share.lower, rep.shape)[rep],
                    upper=np.broadcast_to(share.upper, rep.shape)[rep],
                )
                for share in problem.shares
            ),
            groups=tuple(
                replace(group, lead=np.sort(self._lead_rank[group.lead]))
                for group in problem.groups
            ),
        )

    def shuffled_pair(self, pair: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return each lead's pair in the new order, shape (n_leads,)."""
        position = np.append(np.argsort(self._pair), -1)
        return position[pair][self._lead]

    def original_pair(self, pair: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return each lead's pair in the problem's own order, shape (n_leads,)."""
        return np.append(self._pair, -1)[pair][self._lead_rank]

    def original_price(self, price: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return each rep's price in the problem's own order, shape (n_reps,)."""
        return price[self._rep_rank]
