"""Companies whose days are decided in two arms, and what is true of both."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from evaluation import PRESETS, STARTS_AT, World, draw_world
from evaluation.worlds.calendar import working_days
from solver import POLICIES, build_day, solve
from solver.engines.flow import tree_of
from solver.policies import CutShort
from solver.problem.problem import Problem
from solver.problem.solution import Solution
from solver.randomised.assignment import SHARES
from solver.randomised.by_lead import UNASSIGNED, RandomisedByLead
from solver.randomised.marginals import Marginals
from solver.rules import Capacity, Territory

DAYS, PER_DAY, DRAWS = 40, 60, 10
"""Days, leads of each, and allocations of control; a run has more of these."""
ERROR = 0.1
RULES = [
    Capacity(kind="capacity", name="capacity"),
    Territory(kind="territory", name="territory"),
]
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
class Company:
    """All days of a company.

    Attributes
    ----------
    world
        Its ground truth.
    leads
        Of all days, (n_leads,).
    days
        One for each.
    """

    world: World
    leads: pd.DataFrame
    days: Sequence[DecidedDay]

    def true(self, arm: str) -> Probability:
        """Return what each lead wins on average in an arm, (n_leads,)."""
        true = np.zeros(len(self.leads))
        for day in self.days:
            true[day.leads] = day.true(arm)
        return true


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


def companies(
    names: Sequence[str], load: float, seed: int, n_days: int = DAYS
) -> dict[str, Company]:
    """Return companies with the same leads and reps, in worlds of these names.

    Parameters
    ----------
    names
        Of presets.
    load
        Leads per slot.
    seed
        Decides everything else.
    n_days
        Days of each company.
    """
    worlds = {name: _world(name, load, seed) for name in names}
    crm = worlds[names[0]].company(1, n_days * PER_DAY)
    crm = replace(crm, leads=_on_days(crm.leads, n_days))
    every = build_day(crm, RULES, lambda lead, rep: np.zeros(len(lead))).problem
    opened = _open_days(every, n_days, seed)
    return {
        name: _company(world, crm.leads, every, opened)
        for name, world in worlds.items()
    }


def _world(name: str, load: float, seed: int) -> World:
    spec = replace(
        PRESETS[name], n_reps=8, base_rate=0.2, territories_per_rep=2, load=load
    )
    return draw_world(replace(spec, leads_per_day=PER_DAY), seed)


def _on_days(leads: pd.DataFrame, n_days: int) -> pd.DataFrame:
    """Return the leads of one day as those of many, in order of time."""
    place = np.argsort(np.arange(len(leads)) % n_days, kind="stable")
    date = working_days(n_days)[np.arange(len(leads)) // (len(leads) // n_days)]
    moved = leads.iloc[place].reset_index(drop=True)
    return moved.assign(created_at=moved["created_at"] + (date - STARTS_AT))


def _open_days(every: Problem, n_days: int, seed: int) -> list[OpenDay]:
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


def _company(
    world: World, leads: pd.DataFrame, every: Problem, opened: Sequence[OpenDay]
) -> Company:
    """Return the company decided by the truth, but for an error of a tenth of it."""
    truth = world.truth(leads).at(every.lead, every.rep)
    error = np.random.default_rng([world.seed, 41]).standard_normal(len(truth))
    value = truth * np.exp(ERROR * error)
    optimum = _optimum(every.replace(value=value), len(opened))
    return Company(world, leads, [day.decided(truth, value, optimum) for day in opened])


def _optimum(every: Problem, n_days: int) -> Solution:
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
