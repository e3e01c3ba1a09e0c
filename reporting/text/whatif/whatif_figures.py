"""Variants of a day in figures, for texts, tables and pages."""

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from crm import Issue
from evaluation import Interval
from solver import Status

MOVED = ["lead_id", "from", "to", "why"]
"""Columns of the leads that moved: rep ids, "" for none, and why in words."""
TEAMS = ["team", "assigned", "conversions", "slots", "slots_used"]
COSTS = ["without", "rules", "cost", "leads_held_back", "proven"]
"""Columns of what rules cost; ``rules`` says how many are off at once."""
GROWTH = ["kind", "rep_id", "what", "estimate", "gain", "leads", "proven"]
"""Columns of what one more rep, skill or slot would bring."""
ROUNDING = 1e-9
"""Differences below this are rounding."""


@dataclass(frozen=True, eq=False)
class VariantFigures:
    """One variant of a day in figures.

    Attributes
    ----------
    name
        What the comparison calls it.
    changes
        What each change does, in sentences.
    warnings
        What is odd of it, and was not so before.
    unit
        What its objective counts.
    status, engine
        How its solve ended.
    objective, bound, gap
        In its unit, after penalties; of what was assigned, which an experiment draws.
    n_leads, n_assigned
        Leads.
    unassigned
        Code of a reason -> leads without an owner for it.
    conversions, revenue
        Model expectation of what was assigned; revenue is None where nothing asks.
    n_at_work, n_busy
        Reps at work, and those with leads.
    slots, slots_used
        Of all reps; `slots` is None where no rule limits them.
    gini, min_max
        Of the value per hour, over reps.
    teams
        Columns :data:`TEAMS`.
    seconds
        Of building, solving and looking at it.
    is_retrained
        Whether another model was trained for it.
    notes
        What the reader has to know of it.
    """

    name: str
    changes: tuple[str, ...]
    warnings: tuple[Issue, ...]
    unit: str
    status: Status
    engine: str
    objective: float
    bound: float
    gap: float
    n_leads: int
    n_assigned: int
    unassigned: Mapping[str, int]
    conversions: float
    revenue: float | None
    n_at_work: int
    n_busy: int
    slots: int | None
    slots_used: int
    gini: float
    min_max: float
    teams: pd.DataFrame
    seconds: float
    is_retrained: bool = False
    notes: tuple[str, ...] = ()

    @property
    def is_proven(self) -> bool:
        """Whether no other allocation has a larger objective."""
        return self.status == Status.OPTIMAL


@dataclass(frozen=True, eq=False)
class VariantDifference:
    """A variant less the first one.

    Attributes
    ----------
    n_assigned
        Leads assigned more, or fewer.
    conversions
        Model expectation, with its 95 % interval by the errors of the model; None
        where two models are compared, whose errors are not paired.
    estimate
        The same as one number; NaN where one of them has no allocation.
    objective
        None where the objectives count in two units.
    moved
        Columns :data:`MOVED`: the leads whose rep is another.
    revenue
        Expected revenue, with its interval; None where nothing asks for it, or two
        models are compared.
    """

    n_assigned: int
    conversions: Interval | None
    estimate: float
    objective: float | None
    moved: pd.DataFrame
    revenue: Interval | None = None

    @property
    def is_same(self) -> bool:
        """Whether every lead has the same rep."""
        return self.moved.empty and abs(self.estimate) < ROUNDING

    @property
    def is_clear(self) -> bool:
        """Whether the difference is beyond what the model's errors can make."""
        return is_clear(self.conversions)


def is_clear(interval: Interval | None) -> bool:
    """Tell whether an interval leaves out that there is no difference."""
    if interval is None:
        return False
    return interval.is_above_zero or interval.is_below_zero


@dataclass(frozen=True, eq=False)
class WhatIfFigures:
    """Variants of one day side by side.

    Attributes
    ----------
    scenario, as_of
        Name and moment of the first.
    variants
        The first is what the others are compared with.
    differences
        One per further variant.
    names
        rep_id -> name.
    rule_costs
        Columns :data:`COSTS`: of the first variant; empty where not asked for.
    growth
        Columns :data:`GROWTH`: of the first variant.
    price_kind
        What the dual prices of the first are.
    notes
        What the reader has to know.
    cut_short
        What the time limit kept from it.
    warnings
        What is odd of the first variant and its model.
    """

    scenario: str
    as_of: pd.Timestamp
    variants: tuple[VariantFigures, ...]
    differences: tuple[VariantDifference, ...]
    names: Mapping[str, str]
    rule_costs: pd.DataFrame
    growth: pd.DataFrame
    price_kind: str
    notes: tuple[str, ...] = ()
    cut_short: tuple[str, ...] = ()
    warnings: tuple[Issue, ...] = ()
