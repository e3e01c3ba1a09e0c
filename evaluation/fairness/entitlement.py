"""What each rep is entitled to: a part by the hours they are there."""

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from solver import Day


@dataclass(frozen=True, eq=False)
class Entitlement:
    """The hours that reps can give to new leads, and what follows for each lead.

    Attributes
    ----------
    hours
        Shape (n_reps,); 0 for who is away or has no room.
    unit
        What `hours` counts: ``hour``, or ``slot`` where the tables tell no hours.
    chance
        Shape (n_pairs,); how likely each pair is where every lead is dealt among the
        reps who may serve it, in proportion to their hours.
    """

    hours: NDArray[np.float64]
    unit: Literal["hour", "slot"]
    chance: NDArray[np.float64]


def entitlement_of(day: Day) -> Entitlement:
    """Return what the reps of a day are entitled to.

    Hours are ``hours_per_day``, a missing one the mean of the others; without any,
    the slots of ``daily_capacity`` stand for them. They shrink with the slots that
    absence, ramp-up and the open book leave: who is not there, or not yet wholly, is
    owed less, and not treated badly by getting less.
    """
    told = day.crm.reps["hours_per_day"].where(day.available)
    daily = day.crm.reps["daily_capacity"].to_numpy(np.float64)
    has_hours = bool((told > 0).any())
    whole = told.fillna(told.mean()).to_numpy(np.float64) if has_hours else daily
    hours = np.where(day.available, whole * _room(day, daily), 0.0)
    return Entitlement(hours, "hour" if has_hours else "slot", _chance(day, hours))


def _room(day: Day, daily: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the part of each rep's daily slots that is free today, (n_reps,)."""
    free = np.min([daily, *day.slot_limits], axis=0)
    return np.divide(free, daily, out=np.zeros_like(free), where=daily > 0)


def _chance(day: Day, hours: NDArray[np.float64]) -> NDArray[np.float64]:
    problem = day.problem
    own = hours[problem.rep]
    of_lead = np.bincount(problem.lead, own, problem.n_leads)[problem.lead]
    return np.divide(own, of_lead, out=np.zeros_like(own), where=of_lead > 0)
