"""Arms of an experiment compared by their outcomes alone."""

from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from crm import DataError, Issue, listed
from evaluation.interval import Interval
from evaluation.off_policy import LiftEstimate, Log, ValueEstimate, Verdict, verdict_of
from evaluation.off_policy.bootstrap import interval_of, resampled_sums
from solver.policies import CutShort

CONTROL = "control"
LEAST_OF_ARM = 10
LEAST_SHARED = 0.5
"""Share of control leads in clusters of both arms; below, arms go by day."""
MOST_NAMED = 5

ArmDoubt = Literal["few_wins_of_arm", "few_wins_of_control", "few_shared_clusters"]
"""Why arms cannot be compared."""


@dataclass(frozen=True)
class ArmLift:
    """What the leads of one arm won beyond those of the control arm.

    Attributes
    ----------
    arm, control
        Names of the two.
    n_leads, n_control
        Leads of each.
    n_won, n_control_won
        Leads won of each.
    lift
        Relative; `None` where there is a doubt.
    difference
        Per lead, in conversions or revenue.
    doubt
        Why the lift is not known; `None` if it is.
    """

    arm: str
    control: str
    n_leads: int
    n_control: int
    n_won: int
    n_control_won: int
    lift: Interval | None
    difference: Interval | None
    doubt: ArmDoubt | None

    @property
    def verdict(self) -> Verdict:
        """What the lift says."""
        return verdict_of(self.lift)


@dataclass(frozen=True, eq=False)
class Measurements:
    """What a log measures of arms, and of one policy.

    Attributes
    ----------
    log
        Leads with propensities and final outcomes.
    arms
        Each arm of the experiment against control; empty where history has none.
    baseline
        The policy that the lift is over.
    value, lift
        Of the policy to evaluate; `None` without one.
    cut_short
        What the time limit kept from the baseline, if anything.
    """

    log: Log
    arms: tuple[ArmLift, ...]
    baseline: str
    value: ValueEstimate | None
    lift: LiftEstimate | None
    cut_short: tuple[CutShort, ...] = ()


def compare_arms(log: Log, arm: str, control: str = CONTROL, seed: int = 0) -> ArmLift:
    """Return what one arm's leads won beyond the control arm's of the same days.

    Arms are compared within each day and territory (stratified), so that neither a
    changing share nor a good week favours an arm. Where an arm was
    drawn for whole days, days are compared.

    Parameters
    ----------
    log
        Leads whose table has an ``arm``.
    arm, control
        Names of arms.
    seed
        Of the bootstrap.

    Raises
    ------
    DataError
        If the log has no such arm.

    References
    ----------
    Mantel and Haenszel (1959), Statistical aspects of the analysis of data from
    retrospective studies of disease, doi:10.1093/jnci/22.4.719, for the weights.
    """
    of_arm, of_control = (rows_of_arm(log, name) for name in (arm, control))
    won = (log.table["outcome"] == "won").to_numpy()
    n_won = int(won[of_arm].sum()), int(won[of_control].sum())
    doubt = _few_wins(*n_won)
    lift = difference = None
    if doubt is None:
        sums = paired_sums(log, of_arm, of_control)
        resampled = resampled_sums(sums, seed)
        interval = interval_of(relative_lift, sums, resampled)
        if np.isfinite([interval.low, interval.high]).all():
            lift = interval
            difference = interval_of(difference_per_lead, sums, resampled)
        else:
            doubt = "few_shared_clusters"
    n_leads = int(of_arm.sum()), int(of_control.sum())
    return ArmLift(arm, control, *n_leads, *n_won, lift, difference, doubt)


def rows_of_arm(log: Log, name: str) -> NDArray[np.bool_]:
    """Return which leads are of the arm, (n_leads,).

    Raises
    ------
    DataError
        If none is.
    """
    arms = log.table.get("arm", pd.Series("", index=log.table.index, dtype=object))
    is_of_arm = (arms == name).to_numpy(dtype=bool)
    if not is_of_arm.any():
        names = arms[arms.notna() & (arms != "")]
        known = sorted(set(map(str, names)))
        others = listed(known, MOST_NAMED) if known else "none"
        message = f"no lead is of this arm; arms there are: {others}"
        raise DataError([Issue("history", message, column="arm", value=name)])
    return is_of_arm


def _few_wins(n_won: int, n_control_won: int) -> ArmDoubt | None:
    """Return which arm has too few wins to compare; `None` if neither has."""
    if n_won < LEAST_OF_ARM:
        return "few_wins_of_arm"
    return "few_wins_of_control" if n_control_won < LEAST_OF_ARM else None


def paired_sums(
    log: Log, of_arm: NDArray[np.bool_], of_control: NDArray[np.bool_]
) -> NDArray[np.float64]:
    """Return what the arms won in each cluster, and in how many leads, (n, 4).

    Weighted outcomes and weights of arm, then of control. Where arms are drawn lead
    by lead, both have the harmonic mean of their two numbers of leads for a weight,
    which is nothing where either is missing. Where they are drawn day by day, no
    cluster has both: days are the clusters, and every lead weighs the same.
    """
    leads = of_arm.astype(float), of_control.astype(float)
    n_leads = [np.bincount(log.cluster, rows) for rows in leads]
    is_shared = (n_leads[0] > 0)[log.cluster]
    if is_shared[of_control].mean() < LEAST_SHARED:
        columns = [rows * part for rows in leads for part in (log.outcome, 1.0)]
        return np.column_stack([np.bincount(log.day, column) for column in columns])
    won = [np.bincount(log.cluster, log.outcome * rows) for rows in leads]
    total = np.maximum(n_leads[0] + n_leads[1], 1)
    weight = n_leads[0] * n_leads[1] / total
    first, second = won[0] * n_leads[1] / total, won[1] * n_leads[0] / total
    return np.column_stack([first, weight, second, weight])


def relative_lift(sums: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the relative lift of each row of sums, (n,)."""
    first, second = means(sums)
    with np.errstate(invalid="ignore", divide="ignore"):
        return first / second - 1


def difference_per_lead(sums: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the difference of the arms per lead, of each row of sums, (n,)."""
    first, second = means(sums)
    return first - second


def means(sums: NDArray[np.float64]) -> tuple[NDArray, NDArray]:
    """Return what arm and control won per lead, of each row of sums, (n,) each."""
    with np.errstate(invalid="ignore", divide="ignore"):
        return sums[:, 0] / sums[:, 1], sums[:, 2] / sums[:, 3]
