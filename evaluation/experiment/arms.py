"""One arm of an experiment against another, by their outcomes alone."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from crm import DataError, Issue, listed
from evaluation.interval import Interval
from evaluation.off_policy.bootstrap import interval_of, resampled_sums
from evaluation.off_policy.lift import Verdict, verdict_of
from evaluation.off_policy.log import Log

CONTROL = "control"
LEAST_OF_ARM = 10
LEAST_SHARED = 0.5
"""Share of control leads in clusters of both arms; below, arms go by day."""
MOST_NAMED = 5


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
        Relative; `None` where there is too little of either.
    difference
        Per lead, in conversions or revenue.
    reason
        Why the lift is not known; empty if it is.
    """

    arm: str
    control: str
    n_leads: int
    n_control: int
    n_won: int
    n_control_won: int
    lift: Interval | None
    difference: Interval | None
    reason: str

    @property
    def verdict(self) -> Verdict:
        """What the lift says."""
        return verdict_of(self.lift)


def compare_arms(log: Log, arm: str, control: str = CONTROL, seed: int = 0) -> ArmLift:
    """Return what one arm's leads won beyond the control arm's of the same days.

    Arms are compared within each day and territory, so that neither a share that
    changes nor a good week counts for the arm that had more of it. Where an arm was
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
    reason = why_too_few(arm, control, *n_won)
    lift = difference = None
    if not reason:
        sums = paired_sums(log, of_arm, of_control)
        resampled = resampled_sums(sums, seed)
        ends = interval_of(ratio, sums, resampled)
        if np.isfinite([ends.low, ends.high]).all():
            lift, difference = ends, interval_of(less, sums, resampled)
        else:
            reason = "too few days and territories have won leads of both arms"
    n_leads = int(of_arm.sum()), int(of_control.sum())
    return ArmLift(arm, control, *n_leads, *n_won, lift, difference, reason)


def rows_of_arm(log: Log, name: str) -> NDArray[np.bool_]:
    """Return which leads are of the arm, (n_leads,).

    Raises
    ------
    DataError
        If none is.
    """
    arms = log.table.get("arm", pd.Series("", index=log.table.index, dtype=object))
    found = (arms == name).to_numpy(dtype=bool)
    if not found.any():
        known = sorted({str(of) for of in arms.unique() if of and not pd.isna(of)})
        there = listed(known, MOST_NAMED) if known else "none"
        said = f"no lead is of this arm; arms there are: {there}"
        raise DataError([Issue("history", said, column="arm", value=name)])
    return found


def why_too_few(arm: str, control: str, n_won: int, n_control_won: int) -> str:
    """Return why arms cannot be compared; empty if they can."""
    for name, n in ((arm, n_won), (control, n_control_won)):
        if n < LEAST_OF_ARM:
            return f"arm {name} has won {n} leads, at least {LEAST_OF_ARM} are needed"
    return ""


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
    n_leads = [np.bincount(log.cluster, of) for of in leads]
    is_shared = (n_leads[0] > 0)[log.cluster]
    if is_shared[of_control].mean() < LEAST_SHARED:
        columns = [of * part for of in leads for part in (log.outcome, 1.0)]
        return np.column_stack([np.bincount(log.day, of) for of in columns])
    won = [np.bincount(log.cluster, log.outcome * of) for of in leads]
    both = np.maximum(n_leads[0] + n_leads[1], 1)
    weight = n_leads[0] * n_leads[1] / both
    first, second = won[0] * n_leads[1] / both, won[1] * n_leads[0] / both
    return np.column_stack([first, weight, second, weight])


def ratio(sums: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the relative lift of each row of sums, (n,)."""
    first, second = means(sums)
    with np.errstate(invalid="ignore", divide="ignore"):
        return first / second - 1


def less(sums: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return what the arm won more per lead, of each row of sums, (n,)."""
    first, second = means(sums)
    return first - second


def means(sums: NDArray[np.float64]) -> tuple[NDArray, NDArray]:
    """Return what arm and control won per lead, of each row of sums, (n,) each."""
    with np.errstate(invalid="ignore", divide="ignore"):
        return sums[:, 0] / sums[:, 1], sums[:, 2] / sums[:, 3]
