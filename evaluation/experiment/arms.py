"""Arms of an experiment compared by their outcomes alone."""

from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from crm import DataError, Issue, listed
from evaluation.experiment.arm_tests import SHARE, SHARE_OF_DAYS, ArmTest, examine_arms
from evaluation.experiment.drawn import CONTROL, DrawnLeads
from evaluation.interval import Interval
from evaluation.off_policy import LiftEstimate, Log, ValueEstimate, Verdict, verdict_of
from evaluation.off_policy.bootstrap import interval_of, resampled_sums
from solver.policies import CutShort

LEAST_OF_ARM = 10
MOST_GAPS = 0.01
"""Share of leads without an arm, or lost since the draw, that is no doubt."""
MOST_OTHER_REP = 0.05
MOST_NAMED = 5

ArmDoubt = Literal[
    "arms_missing",
    "arms_moved",
    "reps_moved",
    "leads_lost",
    "share_unknown",
    "even_propensities",
    "uneven_share",
    "uneven_column",
    "few_wins_of_arm",
    "few_wins_of_control",
    "few_shared_clusters",
]
"""Why arms cannot be compared."""


@dataclass(frozen=True)
class ArmLift:
    """What the leads drawn for one arm won beyond those drawn for the control arm.

    Attributes
    ----------
    arm, control
        Names of the two.
    leads
        The leads of both, and how they were drawn.
    n_leads, n_control
        Leads of each: all drawn for it where the draw is recorded, else those
        assigned.
    n_won, n_control_won
        Leads won of each.
    lift
        Relative, per lead drawn; `None` where there is a doubt.
    difference
        Per lead drawn, in conversions or revenue; `None` also where it is not known
        how many were drawn.
    doubt
        Why the lift is not known; `None` if it is.
    tests
        What draws leave alike in both arms, the most telling first.
    """

    arm: str
    control: str
    leads: DrawnLeads
    n_leads: int
    n_control: int
    n_won: int
    n_control_won: int
    lift: Interval | None
    difference: Interval | None
    doubt: ArmDoubt | None
    tests: tuple[ArmTest, ...]

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
        The optimal arm against control; empty where history has no arms.
    baseline
        The policy that the lift is over.
    value, lift
        Of the policy to evaluate; `None` without one.
    cut_short
        What the time limit kept from the baseline, if anything.
    warnings
        About the tables and the scenario.
    """

    log: Log
    arms: tuple[ArmLift, ...]
    baseline: str
    value: ValueEstimate | None
    lift: LiftEstimate | None
    cut_short: tuple[CutShort, ...] = ()
    warnings: tuple[Issue, ...] = ()


def compare_arms(
    drawn: DrawnLeads,
    arm: str,
    control: str = CONTROL,
    seed: int = 0,
    leads: pd.DataFrame | None = None,
) -> ArmLift:
    """Return what the leads drawn for an arm won beyond those drawn for control.

    Per lead drawn: a lead that its arm left unassigned counts as not won. Where the
    draw is recorded, arms are compared within each day and territory (stratified), so
    that neither a changing share nor a good week favours an arm. Else the number drawn
    for each arm follows from the share it was drawn with. Where an arm was drawn for
    whole days, days are compared.

    Before that, arms are held against what a draw gives; there is no figure where they
    fail.

    Parameters
    ----------
    drawn
        Leads with their arms.
    arm, control
        Names of arms.
    seed
        Of the bootstrap.
    leads
        Today's leads: columns they lack may have come after the draw.

    Raises
    ------
    DataError
        If there is no such arm.

    References
    ----------
    Mantel and Haenszel (1959), Statistical aspects of the analysis of data from
    retrospective studies of disease, doi:10.1093/jnci/22.4.719, for the weights.
    """
    for name in (arm, control):
        _refuse_unknown(drawn, name)
    both = drawn.of((drawn.arm == arm) | (drawn.arm == control))
    is_control = both.is_control
    won = int(both.won[~is_control].sum()), int(both.won[is_control].sum())
    tests = examine_arms(both, leads)
    lift = difference = None
    doubt = _doubt_of_record(drawn) or _doubt_of_tests(tests) or _doubt_of_design(drawn)
    if doubt is None:
        lift, difference, doubt = measure_arms(both, seed)
    n_leads = int((~is_control).sum()), int(is_control.sum())
    return ArmLift(arm, control, drawn, *n_leads, *won, lift, difference, doubt, tests)


def measure_arms(
    both: DrawnLeads, seed: int = 0
) -> tuple[Interval | None, Interval | None, ArmDoubt | None]:
    """Return lift and difference of control and another arm, whatever tests say.

    Parameters
    ----------
    both
        The leads of the two arms, and no others.
    seed
        Of the bootstrap.

    Returns
    -------
    As :class:`ArmLift` has them, and why there is no lift if there is none.
    """
    won = (int(both.won[rows].sum()) for rows in (~both.is_control, both.is_control))
    if doubt := _few_wins(*won):
        return None, None, doubt
    sums = sums_of_arms(both)
    resampled = resampled_sums(sums, seed)
    lift = interval_of(relative_lift, sums, resampled, less_bias=True)
    if not np.isfinite([lift.low, lift.high]).all():
        return None, None, "few_shared_clusters"
    if not both.is_recorded:
        return lift, None, None
    return lift, interval_of(difference_per_lead, sums, resampled), None


def _refuse_unknown(drawn: DrawnLeads, name: str) -> None:
    """Raise where no lead is of an arm."""
    if name not in drawn.names:
        others = listed(drawn.names, MOST_NAMED) if drawn.names else "none"
        message = f"no lead is of this arm; arms there are: {others}"
        raise DataError([Issue("history", message, column="arm", value=name)])


def _doubt_of_record(drawn: DrawnLeads) -> ArmDoubt | None:
    """Return why it is not known for which arm leads were drawn, if it is not."""
    most, gaps = MOST_GAPS * drawn.n_leads, drawn.gaps
    doubts: dict[ArmDoubt, bool] = {
        "arms_missing": drawn.n_without_arm > most,
        "arms_moved": bool(gaps.moved),
        "reps_moved": gaps.n_other_rep > MOST_OTHER_REP * drawn.n_leads,
        "leads_lost": gaps.n_lost > most,
    }
    return next((doubt for doubt, is_so in doubts.items() if is_so), None)


def _doubt_of_design(drawn: DrawnLeads) -> ArmDoubt | None:
    """Return what is not known of how arms were drawn, if anything is not."""
    if _are_even(drawn.propensity):
        return "even_propensities"
    is_known = drawn.knows_share or drawn.is_recorded
    return None if is_known else "share_unknown"


def _are_even(propensity: NDArray[np.float64]) -> bool:
    """Tell whether all are 1 over a whole number: no arm preferred any rep."""
    known = propensity[np.isfinite(propensity)]
    if len(known) == 0:
        return False
    return bool(np.allclose(known, 1 / np.round(1 / known), rtol=0, atol=5e-5))


def _doubt_of_tests(tests: tuple[ArmTest, ...]) -> ArmDoubt | None:
    """Return what no draw would have left so uneven, if anything is."""
    if not tests or not tests[0].fails:
        return None
    is_share = tests[0].what in (SHARE, SHARE_OF_DAYS)
    return "uneven_share" if is_share else "uneven_column"


def _few_wins(n_won: int, n_control_won: int) -> ArmDoubt | None:
    """Return which arm has too few wins to compare; `None` if neither has."""
    if n_won < LEAST_OF_ARM:
        return "few_wins_of_arm"
    return "few_wins_of_control" if n_control_won < LEAST_OF_ARM else None


def sums_of_arms(drawn: DrawnLeads) -> NDArray[np.float64]:
    """Return what the arms won in each cluster, and in how many leads, (n, 4).

    Weighted outcomes and weights of arm, then of control. Where arms are drawn lead
    by lead, both have the harmonic mean of their two numbers of leads for a weight,
    which is nothing where either is missing. Where they are drawn day by day, no
    cluster has both: days are the clusters, and every lead weighs the same.

    Where leads left unassigned are not recorded, each lead that was won weighs one
    over the probability of its arm, and each day, if arms are drawn day by day, one.
    """
    arms = 1.0 * ~drawn.is_control, 1.0 * drawn.is_control
    if drawn.is_by_day:
        n_leads = [np.bincount(drawn.day, rows) for rows in arms]
        won = [np.bincount(drawn.day, drawn.outcome * rows) for rows in arms]
        if not drawn.is_recorded:
            n_leads = [np.minimum(number, 1) for number in n_leads]
        return np.column_stack([won[0], n_leads[0], won[1], n_leads[1]])
    n_leads = [np.bincount(drawn.cluster, rows) for rows in arms]
    won = [np.bincount(drawn.cluster, drawn.outcome * rows) for rows in arms]
    total = np.maximum(n_leads[0] + n_leads[1], 1)
    if drawn.is_recorded:
        share = n_leads[1] / total
    else:
        share = np.bincount(drawn.cluster, drawn.control_share) / total
    weight = total * share * (1 - share)
    return np.column_stack([won[0] * share, weight, won[1] * (1 - share), weight])


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
