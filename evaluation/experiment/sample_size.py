"""How many leads an experiment needs for an interval of a given width."""

from collections.abc import Iterator
from dataclasses import dataclass
from math import ceil

import pandas as pd
from scipy.stats import norm

from evaluation.interval import LEVEL

Z = float(norm.ppf((1 + LEVEL) / 2))
CONTROL_SHARES = (0.1, 0.2, 0.3)
WEEK = pd.Timedelta(weeks=1)


@dataclass(frozen=True)
class SampleSize:
    """What an experiment takes.

    Attributes
    ----------
    leads
        Assigned in all, of either arm.
    weeks
        Until so many have come.
    """

    leads: int
    weeks: int


@dataclass(frozen=True)
class ExperimentPlan:
    """What a randomised share takes to measure a lift.

    Attributes
    ----------
    control_share
        Share of the leads assigned by the control policy.
    half_width
        Of the 95 % interval, as a relative lift.
    by_arms, by_propensities
        Leads and weeks until then: arms compared, and doubly robust.
    """

    control_share: float
    half_width: float
    by_arms: SampleSize
    by_propensities: SampleSize


def plans(
    rows: pd.DataFrame, n_reps: float, half_width: float
) -> Iterator[ExperimentPlan]:
    """Yield what each control share takes to measure a lift to within `half_width`.

    Parameters
    ----------
    rows
        Leads as they were assigned, (n_rows,); the closed ones tell how many are won,
        and all of them how many come in a week.
    n_reps
        Reps eligible for a lead, on average.
    half_width
        Of the 95 % interval, as a relative lift: 0.1 is ten points.
    """
    closed = rows[rows["outcome"] != "open"]
    base_rate = float((closed["outcome"] == "won").mean())
    passed = rows["assigned_at"].max() - rows["assigned_at"].min()
    per_week = len(rows) / max(passed / WEEK, 1 / 7)
    if not 0 < base_rate < 1:
        return
    for share in CONTROL_SHARES:
        design = (base_rate, share, per_week, half_width)
        yield ExperimentPlan(
            control_share=share,
            half_width=half_width,
            by_arms=needed(*design),
            by_propensities=needed(*design, n_reps=max(2, round(n_reps))),
        )


def needed(
    base_rate: float,
    control_share: float,
    leads_per_week: float,
    half_width: float,
    *,
    lift: float = 0.0,
    n_reps: int | None = None,
    design_effect: float = 1.0,
) -> SampleSize:
    """Return how many leads measure a lift to within `half_width`.

    Parameters
    ----------
    base_rate
        Conversions per lead at control.
    control_share
        Share of the leads that is assigned at control.
    leads_per_week
        How many come.
    half_width
        Of the 95 % interval, as a relative lift: 0.05 is five points.
    lift
        The relative lift itself, which its own precision hangs on.
    n_reps
        Where control draws from so many eligible reps and every lead's propensity
        is logged: the doubly robust estimate uses all leads that might have come
        from either. `None`: only the two arms are compared.
    design_effect
        Variance between clusters over that of independent leads.

    Raises
    ------
    ValueError
        If a rate or share is not between 0 and 1, or a width or number not above 0.

    Notes
    -----
    With arms, ``log(1 + lift)`` has variance ``(1 - p) / (n p)`` from each arm
    (delta method). With propensities the variance per lead is that of
    ``sum over reps of (policy - (1 + lift) uniform)**2 / propensity`` times that of
    an outcome, which no unbiased estimate undercuts on average (Hahn 1998,
    doi:10.2307/2998560); the lead's columns are taken to tell nothing.
    """
    _check(base_rate, control_share, leads_per_week, half_width, lift)
    rate = base_rate * (1 + lift)
    noise = rate * (1 - rate), base_rate * (1 - base_rate)
    share = 1 - control_share, control_share
    if n_reps is None:
        weight = 1.0 / share[0], (1 + lift) ** 2 / share[1]
    else:
        propensity = share[0] + share[1] / n_reps, share[1] / n_reps
        own = (1 - (1 + lift) / n_reps) ** 2 / propensity[0]
        others = (n_reps - 1) * ((1 + lift) / n_reps) ** 2 / propensity[1]
        weight = own, others
    variance = (weight[0] * noise[0] + weight[1] * noise[1]) / base_rate**2
    leads = ceil(design_effect * variance * (Z / half_width) ** 2)
    return SampleSize(leads, ceil(leads / leads_per_week))


def _check(
    base_rate: float,
    control_share: float,
    leads_per_week: float,
    half_width: float,
    lift: float,
) -> None:
    """Raise where a number is out of its range."""
    shares = {
        "base_rate": base_rate,
        "control_share": control_share,
        "base_rate with the lift": base_rate * (1 + lift),
    }
    for name, share in shares.items():
        if not 0 < share < 1:
            raise ValueError(f"{name} is {share:g}, expected between 0 and 1")
    widths = {"leads_per_week": leads_per_week, "half_width": half_width}
    for name, number in widths.items():
        if not number > 0:
            raise ValueError(f"{name} is {number:g}, expected above 0")
