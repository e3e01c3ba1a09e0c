"""Whether arms are what a draw gives: their shares, and the leads they got."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.stats import gamma, pearson3, t

from evaluation.experiment.arm_columns import Columns, known_columns, predicted
from evaluation.experiment.drawn import DrawnLeads
from scoring.statistics.multiplicity import holm

SIGNIFICANCE = 0.001
"""Of all tests of an experiment together: so often an honest one is refused."""
DEPENDENCE = 3.0
"""How much wider than by lead counts of a day may be: leads swap places in rings."""
LEAST_DAYS = 20
"""Days from which the spread between days counts as well."""
ROUNDING = 1e-6
SHARE = "share of control"
SHARE_OF_DAYS = "share of control by day"
PROPENSITY = "propensity (not that of this share without a cap)"
OUTCOME = "outcome, given lead and rep"


@dataclass(frozen=True)
class ArmTest:
    """One thing that a draw leaves alike in all arms.

    Attributes
    ----------
    what
        A column, or one of the constants of this module.
    p_value
        Of at least such a difference if arms were drawn, adjusted for all tests.
    """

    what: str
    p_value: float

    @property
    def fails(self) -> bool:
        """Tell whether hardly any draw would be so uneven."""
        return self.p_value < SIGNIFICANCE


def examine_arms(
    drawn: DrawnLeads, leads: pd.DataFrame | None = None
) -> tuple[ArmTest, ...]:
    """Return the tests of arms, the most telling first.

    Leads that were drawn differ between arms by no more than chance: in number, by the
    share that was drawn, in all and by day; in every column, in how good they are by
    all columns, and in anything else by which columns predict the arm. Given lead and
    rep, arms do not differ in the outcome.

    Parameters
    ----------
    drawn
        The leads of the optimal and the control arm.
    leads
        Today's leads, as :func:`known_columns` takes them.
    """
    columns = known_columns(drawn, leads)
    p_of = dict(_share_tests(drawn))
    p_of |= dict(_column_tests(drawn, columns | predicted(drawn, columns)))
    p_of |= dict(_rep_tests(drawn))
    adjusted = holm(np.array([*p_of.values()])).tolist()
    tests = [ArmTest(*pair) for pair in zip(p_of, adjusted, strict=True)]
    return tuple(sorted(tests, key=lambda test: test.p_value))


def _share_tests(drawn: DrawnLeads) -> Iterator[tuple[str, float]]:
    """Yield whether so many leads, or days, are in the control arm as were drawn."""
    if not drawn.knows_share:
        return
    control = _per_unit(drawn, drawn.is_control)
    share = _per_unit(drawn, drawn.control_share)
    excess, variance = control - share, share * (1 - share)
    third = variance * (1 - 2 * share)
    if drawn.is_by_day:
        yield SHARE, _two_sided(excess.sum(), variance.sum(), third.sum())
        return
    of_days = (np.bincount(drawn.day, each) for each in (excess, variance, third))
    yield SHARE, _by_stratum(*of_days)
    yield SHARE_OF_DAYS, _spread(excess, variance, drawn.day)


def _spread(
    excess: NDArray[np.float64], variance: NDArray[np.float64], day: NDArray[np.intp]
) -> float:
    """Return the p-value of so uneven days: squares, whose moments are a gamma's."""
    own = np.maximum(np.bincount(day, variance), 1e-12)
    squares = np.bincount(day, excess) ** 2 / own / DEPENDENCE
    fourth = np.bincount(day, variance * (1 - 6 * variance))
    mean, wide = float(len(own)), float(np.sum(2 + fourth / own**2))
    return float(gamma.sf(squares.sum(), mean**2 / wide, scale=wide / mean))


def _column_tests(drawn: DrawnLeads, columns: Columns) -> Iterator[tuple[str, float]]:
    """Yield whether the leads of both arms are alike in each column."""
    control = _per_unit(drawn, drawn.is_control)
    stratum = drawn.day
    if drawn.is_by_day:
        stratum = np.zeros(len(control), dtype=np.intp)
        columns = columns | _calendar(drawn)
    for name, encodings in columns.items():
        p_values = [
            _difference(_per_unit(drawn, column), control, stratum)
            for column in encodings
        ]
        yield name, min(1.0, len(p_values) * min(p_values))


def _calendar(drawn: DrawnLeads) -> Columns:
    """Return date and weekday of each lead: arms drawn by day look at neither."""
    calendar: Columns = {"date": [drawn.day.astype(np.float64)]}
    if "assigned_at" in drawn.table:
        weekday = drawn.table["assigned_at"].dt.day_of_week.to_numpy()
        calendar["weekday"] = [1.0 * (weekday == n) for n in np.unique(weekday)]
    return calendar


def _difference(
    column: NDArray[np.float64],
    control: NDArray[np.float64],
    stratum: NDArray[np.intp],
) -> float:
    """Return the p-value of the difference of the arms in a column, (n_units,).

    By the moments it has if arms are drawn again within each stratum; with many
    strata also by its spread between them, since leads that swap places may have drawn
    their arms together.
    """
    number = np.maximum(np.bincount(stratum), 1)
    rate = np.bincount(stratum, control) / number
    inside = column - (np.bincount(stratum, column) / number)[stratum]
    gap = np.bincount(stratum, (control - rate[stratum]) * inside)
    both = rate * (1 - rate) * number / np.maximum(number - 1, 1)
    variance = both * np.bincount(stratum, inside**2)
    third = both * (1 - 2 * rate) * np.bincount(stratum, inside**3)
    return _by_stratum(gap, variance, third)


def _by_stratum(
    gap: NDArray[Any], variance: NDArray[Any], third: NDArray[Any]
) -> float:
    """Return the p-value of gaps that have these central moments, (n_strata,) each."""
    by_chance = _two_sided(gap.sum(), variance.sum(), third.sum())
    n_strata = int((variance > 0).sum())
    if n_strata < LEAST_DAYS:
        wide = DEPENDENCE * variance.sum(), DEPENDENCE**1.5 * third.sum()
        return by_chance if n_strata <= 1 else _two_sided(gap.sum(), *wide)
    gap = gap[variance > 0]
    error = np.sqrt(n_strata) * gap.std(ddof=1)
    between = 2 * t.sf(np.abs(gap.sum()) / max(error, 1e-12), n_strata - 1)
    return max(by_chance, float(between))


def _rep_tests(drawn: DrawnLeads) -> Iterator[tuple[str, float]]:
    """Yield whether arms are those that propensities tell, given lead and rep.

    Without a cap the optimal arm decides: its pairs have at least its share for a
    propensity. Whatever is beyond that share is control's.
    """
    share = drawn.control_share
    rows = drawn.is_assigned & np.isfinite(drawn.propensity)
    if drawn.is_capped or not drawn.knows_share or not rows.any():
        return
    control = drawn.is_control[rows]
    beyond = drawn.propensity[rows] - (1 - share[rows])
    likely = np.clip(beyond / drawn.propensity[rows], 0.0, 1.0)
    likely[beyond < -ROUNDING] = 1.0
    is_open = likely < 1
    if (~control & ~is_open).any():
        yield PROPENSITY, 0.0
        return
    if drawn.is_by_day or not is_open.any():
        return
    excess, variance = (control - likely)[is_open], (likely * (1 - likely))[is_open]
    third, outcome = variance * (1 - 2 * likely[is_open]), drawn.outcome[rows][is_open]
    day = drawn.day[rows][is_open]
    for what, weight in ((PROPENSITY, 1.0), (OUTCOME, outcome - outcome.mean())):
        powers = excess * weight, variance * weight**2, third * weight**3
        yield what, _by_stratum(*(np.bincount(day, each) for each in powers))


def _per_unit(drawn: DrawnLeads, column: NDArray) -> NDArray[np.float64]:
    """Return a column of leads by what was drawn: by lead, or its mean by day."""
    if not drawn.is_by_day:
        return 1.0 * column
    mean = np.bincount(drawn.day, 1.0 * column) / np.bincount(drawn.day)
    return mean.astype(np.float64)


def _two_sided(gap: float, variance: float, third: float) -> float:
    """Return the p-value of a sum with these central moments, mean 0 (Pearson III)."""
    if variance <= 0:
        return 1.0
    skew = float(np.clip(third / variance**1.5, -4, 4))
    score = gap / np.sqrt(variance)
    tails = pearson3.sf(score, skew), pearson3.cdf(score, skew)
    return float(min(1.0, 2 * min(tails)))
