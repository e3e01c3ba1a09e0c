"""What reps are entitled to by available hours, and the rep-neutral value of leads."""

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from evaluation.labels import EXPECTED
from solver import Day

NEUTRAL = f"rep-neutral {EXPECTED}"
"""The model expectation of leads with the average of the reps who may serve them."""


@dataclass(frozen=True, eq=False)
class Entitlement:
    """The hours that reps have for new leads, and the fair assignment by them.

    Attributes
    ----------
    hours
        Shape (n_reps,); 0 for who is away or has no room.
    unit
        What `hours` counts: ``hour``, or ``slot`` where the tables have no hours.
    probability
        Shape (n_pairs,); of each pair where every lead is assigned at random among the
        reps who may serve it, in proportion to their hours: the fair assignment.
    """

    hours: NDArray[np.float64]
    unit: Literal["hour", "slot"]
    probability: NDArray[np.float64]


def entitlement_of(day: Day) -> Entitlement:
    """Return what the reps of a day are entitled to.

    Hours are ``hours_per_day``, a missing one the mean of the others; without any,
    the slots of ``daily_capacity`` stand for them. They shrink with the slots that
    absence, ramp-up and the open book leave.
    """
    known = day.crm.reps["hours_per_day"].where(day.available)
    daily = day.crm.reps["daily_capacity"].to_numpy(np.float64)
    has_hours = bool((known > 0).any())
    whole = known.fillna(known.mean()).to_numpy(np.float64) if has_hours else daily
    hours = np.where(day.available, whole * _room(day, daily), 0.0)
    unit: Literal["hour", "slot"] = "hour" if has_hours else "slot"
    return Entitlement(hours, unit, _fair(day, hours))


def neutral_value(day: Day) -> NDArray[np.float64]:
    """Return each lead's mean value over the reps who may serve it, shape (n_leads,).

    In the objective's unit, before penalties. So a weak rep is not owed more leads,
    nor a strong one charged for being strong. 0 where nobody may serve the lead.
    """
    problem = day.problem
    value = day.pair_value(problem.lead, problem.rep)
    total = np.bincount(problem.lead, value, problem.n_leads)
    return total / np.maximum(np.diff(problem.indptr), 1)


def _room(day: Day, daily: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the part of each rep's daily slots that is free today, (n_reps,)."""
    free = np.min([daily, *day.slot_limits], axis=0)
    return np.divide(free, daily, out=np.zeros_like(free), where=daily > 0)


def _fair(day: Day, hours: NDArray[np.float64]) -> NDArray[np.float64]:
    problem = day.problem
    own = hours[problem.rep]
    of_lead = np.bincount(problem.lead, own, problem.n_leads)[problem.lead]
    return np.divide(own, of_lead, out=np.zeros_like(own), where=of_lead > 0)
