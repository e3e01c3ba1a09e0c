"""Days of two arms: their control allocations, their optimum, and what is true."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from solver import POLICIES, solve
from solver.engines.flow import tree_of
from solver.policies import CutShort
from solver.problem.problem import Problem
from solver.problem.solution import Solution
from solver.randomised.assignment import SHARES
from solver.randomised.by_lead import UNASSIGNED, RandomisedByLead
from solver.randomised.marginals import Marginals

DRAWS = 10
"""Allocations of control on each day; a run has more."""
Probability = NDArray[np.float64]
Places = NDArray[np.intp]


@dataclass(frozen=True, eq=False)
class DecidedDay:
    """A day of which both arms are decided, though no lead is drawn for one.

    Attributes
    ----------
    leads
        Shape (PER_DAY,); where its leads lie among those of all days.
    arms
        The two arms, with any share.
    truth
        Shape (n_pairs,); P(convert).
    """

    leads: Places
    arms: RandomisedByLead
    truth: Probability

    def true(self, arm: str) -> Probability:
        """Return what each lead wins on average in an arm, (PER_DAY,)."""
        problem = self.arms.problem
        likely = self.truth * self.arms.arms[arm][1].probability
        won = np.bincount(problem.lead, likely, problem.n_leads)
        return won.astype(np.float64)


@dataclass(frozen=True, eq=False)
class OpenDay:
    """A day whose pairs have no values yet, with allocations that ask for none.

    Attributes
    ----------
    leads
        As :class:`DecidedDay` has them.
    pairs
        Where its pairs lie among those of all days.
    problem
        All values 0.
    control
        Allocations of round robin.
    """

    leads: Places
    pairs: slice
    problem: Problem
    control: tuple[Solution, ...]

    def decided(
        self, truth: Probability, value: Probability, optimum: Solution
    ) -> DecidedDay:
        """Return the day decided, given these of all days."""
        problem = self.problem.replace(value=value[self.pairs])
        pair = optimum.pair[self.leads] - self.pairs.start
        optimal = Solution(problem, np.maximum(pair, UNASSIGNED))
        control = tuple(Solution(problem, each.pair) for each in self.control)
        cut, tree = CutShort("round_robin", DRAWS, DRAWS, 0), tree_of(problem)
        if tree is None:
            raise ValueError("slots and limits of these worlds nest")
        marginals = Marginals.mean([optimal])
        arms = RandomisedByLead(marginals, control, SHARES // 2, cut, tree)
        return DecidedDay(self.leads, arms, truth[self.pairs])


def open_days(every: Problem, n_days: int, seed: int) -> list[OpenDay]:
    """Return the days; reps are at work on all of them, each with all slots."""
    rng, days = np.random.default_rng([seed, 40]), []
    for leads in np.split(np.arange(every.n_leads), n_days):
        pairs = slice(every.indptr[leads[0]], every.indptr[leads[-1] + 1])
        problem = _only(every, leads, pairs)
        control = tuple(POLICIES["round_robin"](problem, rng) for _ in range(DRAWS))
        days.append(OpenDay(leads, pairs, problem, control))
    return days


def _only(problem: Problem, leads: Places, pairs: slice) -> Problem:
    """Return the problem of some leads that follow each other, and of their pairs."""
    return problem.replace(
        lead_ids=problem.lead_ids[leads],
        indptr=problem.indptr[leads[0] : leads[-1] + 2] - pairs.start,
        rep=problem.rep[pairs],
        value=problem.value[pairs],
        arrival=problem.arrival[leads],
        must=problem.must[leads],
        uses_slot=problem.uses_slot[pairs],
        skip_cost=problem.skip_cost[leads],
    )


def optimum_of_days(every: Problem, n_days: int) -> Solution:
    """Return the optimum of all days, solved at once: a rep's slots are of one day."""
    day = every.lead // (every.n_leads // n_days)
    by_day = every.replace(
        rep_ids=np.array(
            [f"{rep} {place}" for place in range(n_days) for rep in every.rep_ids],
            dtype=object,
        ),
        rep=(every.rep + every.n_reps * day).astype(every.rep.dtype),
        capacity=np.tile(every.capacity, n_days),
    )
    return solve(by_day, seed=0, time_limit=60.0).solution
