"""Figures of policies on one problem, as means over their draws."""

from collections.abc import Mapping
from math import nan
from statistics import fmean, pstdev

import numpy as np
from numpy.typing import NDArray

from evaluation.comparison.decomposition import shuffled
from evaluation.fairness.entitlement import entitlement_of, neutral_value
from evaluation.fairness.inequality import gini, min_max_ratio
from solver import Day, Policy, Solution, Violation, violations
from solver.policies import Attempt, attempts
from solver.problem.deadline import Deadline
from solver.verification import share_bounds_of

DRAWS, PAIRS = 20, 200_000
"""Draws of a policy, fewer where these have more pairs than that together."""
WANTED, CUT_SHORT = "draws wanted", "draws cut short"
"""Columns that stand beside the draws where time ran out."""

Figures = dict[str, float]


class PolicyFigures:
    """Figures of policies on the problem of one day.

    Parameters
    ----------
    day
        The problem.
    values
        Label of each kind of value -> that of every pair, (n_pairs,).
    """

    def __init__(self, day: Day, values: Mapping[str, NDArray[np.float64]]) -> None:
        self._day = day
        self._values = values
        self._hours = entitlement_of(day).hours
        self._neutral = neutral_value(day)
        self._bounds = share_bounds_of(day.crm, day.rules)

    def means(
        self, policy: Policy, seed: int, deadline: Deadline, *, is_optimum: bool
    ) -> Figures:
        """Return the number of draws of a policy, and the means of its figures.

        All policies but the optimum draw the order of reps or leads. Each label of the
        values has the sum over the assigned pairs, and its :func:`shuffled_label` the
        sum over the shuffled allocation, and its :func:`spread_label` the standard
        deviation of the sum over draws. :data:`WANTED` has the draws to be made, and
        :data:`CUT_SHORT` how many of those made would be others with more time.
        """
        n_wanted = 1 if is_optimum else self._n_draws
        rngs = [np.random.default_rng([seed, draw]) for draw in range(n_wanted)]
        made = attempts(policy, self._day.problem, rngs, deadline)
        figures = [self._drawn(drawn) for drawn in made]
        means = {name: fmean(draw[name] for draw in figures) for name in figures[0]}
        for label in self._values:
            means[spread_label(label)] = pstdev(draw[label] for draw in figures)
        n_cut = sum(draw[CUT_SHORT] for draw in figures)
        return {"draws": len(figures), WANTED: n_wanted, **means, CUT_SHORT: n_cut}

    def undrawn(self, others: Figures) -> Figures:
        """Return the figures of a policy that there was no time for: none.

        Parameters
        ----------
        others
            Those of another policy.
        """
        counts = {"draws": 0, WANTED: self._n_draws, CUT_SHORT: 0}
        return {**dict.fromkeys(others, nan), **counts}

    @property
    def _n_draws(self) -> int:
        return min(DRAWS, max(1, PAIRS // max(1, self._day.problem.n_pairs)))

    def _drawn(self, drawn: Attempt) -> Figures:
        return {
            CUT_SHORT: int(not drawn.is_final),
            **self._counts(drawn.solution),
            **self._fairness(drawn.solution),
            "seconds": drawn.seconds,
            **self._sums(drawn.solution),
        }

    def _counts(self, solution: Solution) -> Figures:
        load = solution.load[self._day.available]
        return {
            "assigned": solution.n_assigned,
            "unassigned": solution.n_unassigned,
            "least load": int(load.min(initial=solution.n_assigned)),
            "most load": int(load.max(initial=0)),
            "violations": len(self._violations(solution)),
        }

    def _violations(self, solution: Solution) -> list[Violation]:
        problem, leads = self._day.problem, np.flatnonzero(solution.assigned)
        reps = problem.rep_ids[solution.rep_of[leads]]
        owner = dict(zip(problem.lead_ids[leads], reps, strict=True))
        return violations(
            self._day.crm, self._day.rules, owner, share_bounds=self._bounds
        )

    def _fairness(self, solution: Solution) -> Figures:
        """Return how equal the rep-neutral value per hour is, over reps with hours."""
        assigned, entitled = solution.assigned, self._hours > 0
        owners, value = solution.rep_of[assigned], self._neutral[assigned]
        own = np.bincount(owners, value, len(self._hours)).astype(np.float64)
        per_hour = own[entitled] / self._hours[entitled]
        return {"gini": gini(per_hour), "min/max": min_max_ratio(per_hour)}

    def _sums(self, solution: Solution) -> Figures:
        probability = shuffled(solution)
        sums = {}
        for label, value in self._values.items():
            sums[label] = float(value @ solution.chosen)
            sums[shuffled_label(label)] = float(value @ probability)
        return sums


def spread_label(label: str) -> str:
    """Return the label of the standard deviation of the sum over draws."""
    return f"{label} spread"


def shuffled_label(label: str) -> str:
    """Return the label of the same sum over the shuffled allocation."""
    return f"{label}, shuffled"
