"""A policy tried on a problem: its figures, as means over what it leaves to chance."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from statistics import fmean
from time import perf_counter

import numpy as np
from numpy.typing import NDArray

from evaluation.comparison.decomposition import shuffled
from evaluation.fairness.entitlement import entitlement_of
from evaluation.fairness.inequality import gini, min_max_ratio
from evaluation.fairness.lead_worth import neutral_worth
from solver import POLICIES, Day, Solution, Violation, violations

DRAWS, PAIRS = 20, 200_000
"""Draws of a policy, fewer where these have more pairs than that together."""

Figures = dict[str, float]


@dataclass(frozen=True, eq=False)
class Tryout:
    """A problem on which policies are tried.

    Attributes
    ----------
    day
        The problem.
    worth
        Label of each kind of worth -> that of every pair, (n_pairs,).
    """

    day: Day
    worth: Mapping[str, NDArray[np.float64]]

    def figures(self, policy: str, seed: int) -> Figures:
        """Return the number of draws of a policy, and the means of its figures.

        All policies but the optimum leave the order of reps or leads to chance. Each
        label of `worth` has the sum over what was given out, and :func:`beside` it
        the sum that the shuffled allocation would have.
        """
        draws = 1 if policy == "optimal" else self.n_draws
        rngs = [np.random.default_rng([seed, draw]) for draw in range(draws)]
        found = [self._drawn(policy, rng) for rng in rngs]
        means = {name: fmean(each[name] for each in found) for name in found[0]}
        return {"draws": draws, **means}

    @property
    def n_draws(self) -> int:
        """How often a policy is drawn that leaves something to chance."""
        return min(DRAWS, max(1, PAIRS // max(1, self.day.problem.n_pairs)))

    def _drawn(self, policy: str, rng: np.random.Generator) -> Figures:
        began = perf_counter()
        solution = POLICIES[policy](self.day.problem, rng)
        seconds = perf_counter() - began
        return {
            **self._counts(solution),
            **self._fairness(solution),
            "seconds": seconds,
            **self._worths(solution),
        }

    def _counts(self, solution: Solution) -> Figures:
        load = solution.load[self.day.available]
        return {
            "assigned": solution.n_assigned,
            "left over": solution.n_unassigned,
            "least load": int(load.min(initial=solution.n_assigned)),
            "most load": int(load.max(initial=0)),
            "violations": len(self._violations(solution)),
        }

    def _violations(self, solution: Solution) -> list[Violation]:
        problem, leads = self.day.problem, np.flatnonzero(solution.assigned)
        reps = problem.rep_ids[solution.rep_of[leads]]
        owner = dict(zip(problem.lead_ids[leads], reps, strict=True))
        return violations(self.day.crm, self.day.rules, owner)

    def _fairness(self, solution: Solution) -> Figures:
        """Return how equal the rep-neutral worth per hour is, over reps with hours."""
        held, entitled = solution.assigned, self._hours > 0
        owners, worth = solution.rep_of[held], self._neutral[held]
        got = np.bincount(owners, worth, len(self._hours)).astype(np.float64)
        per_hour = got[entitled] / self._hours[entitled]
        return {"gini": gini(per_hour), "min/max": min_max_ratio(per_hour)}

    def _worths(self, solution: Solution) -> Figures:
        chance = shuffled(solution)
        found = {}
        for label, worth in self.worth.items():
            found[label] = float(worth @ solution.chosen)
            found[beside(label)] = float(worth @ chance)
        return found

    @cached_property
    def _hours(self) -> NDArray[np.float64]:
        return entitlement_of(self.day).hours

    @cached_property
    def _neutral(self) -> NDArray[np.float64]:
        return neutral_worth(self.day)


def beside(label: str) -> str:
    """Return the label of what the shuffled allocation is worth."""
    return f"{label}, shuffled"
