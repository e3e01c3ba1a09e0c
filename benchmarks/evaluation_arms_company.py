"""Companies of two arms in worlds of known ground truth."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from benchmarks.evaluation_arms_days import (
    DecidedDay,
    OpenDay,
    Probability,
    open_days,
    optimum_of_days,
)
from evaluation import PRESETS, STARTS_AT, World, draw_world
from evaluation.worlds.calendar import working_days
from solver import build_day
from solver.problem.problem import Problem
from solver.rules import Capacity, Territory

DAYS, PER_DAY = 40, 60
"""Days, and leads of each."""
ERROR = 0.1
RULES = [
    Capacity(kind="capacity", name="capacity"),
    Territory(kind="territory", name="territory"),
]


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
    opened = open_days(every, n_days, seed)
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


def _company(
    world: World, leads: pd.DataFrame, every: Problem, opened: Sequence[OpenDay]
) -> Company:
    """Return the company decided by the truth, but for an error of a tenth of it."""
    truth = world.truth(leads).at(every.lead, every.rep)
    error = np.random.default_rng([world.seed, 41]).standard_normal(len(truth))
    value = truth * np.exp(ERROR * error)
    optimum = optimum_of_days(every.replace(value=value), len(opened))
    return Company(world, leads, [day.decided(truth, value, optimum) for day in opened])
