"""Companies whose days are decided in two arms, and what is true of both."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from crm import CrmData
from evaluation import PRESETS, STARTS_AT, World, draw_world
from evaluation.worlds.calendar import DAY_ENDS, working_days
from solver import POLICIES, build_day, solve
from solver.engines.flow import tree_of
from solver.policies import CutShort
from solver.problem.problem import Problem
from solver.problem.solution import Solution
from solver.randomised.assignment import SHARES
from solver.randomised.by_lead import RandomisedByLead
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
    problem
        All values 0.
    control
        Allocations of round robin.
    """

    leads: Places
    problem: Problem
    control: tuple[Solution, ...]

    def decided(self, truth: Probability, rng: np.random.Generator) -> DecidedDay:
        """Return the day decided by the truth, but for an error of a tenth of it."""
        value = truth * np.exp(ERROR * rng.standard_normal(len(truth)))
        problem = self.problem.replace(value=value)
        optimum = solve(problem, seed=0, time_limit=10.0).solution
        control = tuple(Solution(problem, each.pair) for each in self.control)
        cut, tree = CutShort("round_robin", DRAWS, DRAWS, 0), tree_of(problem)
        if tree is None:
            raise ValueError("slots and limits of these worlds nest")
        optimal = Marginals.mean([optimum])
        arms = RandomisedByLead(optimal, control, SHARES // 2, cut, tree)
        return DecidedDay(self.leads, arms, truth)


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
    opened = _open_days(crm, n_days, seed)
    leads = pd.concat([day.leads for day in _by_day(crm, n_days)]).sort_index()
    return {name: _company(world, leads, opened) for name, world in worlds.items()}


def _world(name: str, load: float, seed: int) -> World:
    spec = replace(
        PRESETS[name], n_reps=8, base_rate=0.2, territories_per_rep=2, load=load
    )
    return draw_world(replace(spec, leads_per_day=PER_DAY), seed)


def _by_day(crm: CrmData, n_days: int) -> list[CrmData]:
    """Return a company for each day: every `n_days`-th lead comes on the same one."""
    days = []
    for place, date in enumerate(working_days(n_days)):
        leads = crm.leads.iloc[place::n_days]
        moved = leads.assign(created_at=leads["created_at"] + (date - STARTS_AT))
        days.append(replace(crm, leads=moved, as_of=date + DAY_ENDS))
    return days


def _open_days(crm: CrmData, n_days: int, seed: int) -> list[OpenDay]:
    rng, days = np.random.default_rng([seed, 40]), []
    for day in _by_day(crm, n_days):
        places = day.leads.index.to_numpy()
        day = replace(day, leads=day.leads.reset_index(drop=True))
        problem = build_day(day, RULES, lambda lead, rep: np.zeros(len(lead))).problem
        control = tuple(POLICIES["round_robin"](problem, rng) for _ in range(DRAWS))
        days.append(OpenDay(places, problem, control))
    return days


def _company(world: World, leads: pd.DataFrame, opened: Sequence[OpenDay]) -> Company:
    rng, truth = np.random.default_rng([world.seed, 41]), world.truth(leads)
    days = []
    for day in opened:
        problem = day.problem
        true = truth.at(day.leads[problem.lead], problem.rep)
        days.append(day.decided(true, rng))
    return Company(world, leads, days)
