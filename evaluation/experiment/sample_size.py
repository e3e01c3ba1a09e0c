"""How many leads an experiment needs before its interval is narrow enough."""

from dataclasses import dataclass
from math import ceil

from scipy.stats import norm

from evaluation.interval import LEVEL

Z = float(norm.ppf((1 + LEVEL) / 2))


@dataclass(frozen=True)
class SampleSize:
    """What an experiment takes.

    Attributes
    ----------
    leads
        Given out in all, of either kind.
    weeks
        Until so many have come.
    """

    leads: int
    weeks: int


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
        Share of the leads that is given out at control.
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
    check(base_rate, control_share, leads_per_week, half_width, lift)
    rate = base_rate * (1 + lift)
    noise = rate * (1 - rate), base_rate * (1 - base_rate)
    share = 1 - control_share, control_share
    if n_reps is None:
        pull = 1.0 / share[0], (1 + lift) ** 2 / share[1]
    else:
        chance = share[0] + share[1] / n_reps, share[1] / n_reps
        own = (1 - (1 + lift) / n_reps) ** 2 / chance[0]
        others = (n_reps - 1) * ((1 + lift) / n_reps) ** 2 / chance[1]
        pull = own, others
    variance = (pull[0] * noise[0] + pull[1] * noise[1]) / base_rate**2
    leads = ceil(design_effect * variance * (Z / half_width) ** 2)
    return SampleSize(leads, ceil(leads / leads_per_week))


def check(
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
