"""The days of a world, and which reps are away on them, week by week."""

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from evaluation.worlds.random_numbers import uniforms
from evaluation.worlds.spec import WorldSpec

STARTS_AT = pd.Timestamp("2026-01-05T00:00:00Z").as_unit("ns")
"""The Monday on which history ends and the first day to allocate begins."""
DAY_ENDS = pd.Timedelta(hours=18)
"""When the last leads of a day have come."""
_TO_FRIDAY = pd.Timedelta(days=5) - pd.Timedelta(seconds=1)


def working_days(n_days: int) -> pd.DatetimeIndex:
    """Return the first days from :data:`STARTS_AT` on, Monday to Friday, (n_days,)."""
    return pd.bdate_range(STARTS_AT, periods=n_days)


def days_before(n_days: int) -> pd.DatetimeIndex:
    """Return the last days before :data:`STARTS_AT`, Monday to Friday, (n_days,)."""
    return pd.bdate_range(end=STARTS_AT - pd.Timedelta(days=1), periods=n_days)


def week_of(days: pd.DatetimeIndex) -> pd.DatetimeIndex:
    """Return the Monday of each day's week, same shape."""
    midnight = days.normalize()
    return midnight - pd.to_timedelta(midnight.day_of_week, unit="D")


def away(
    rep_ids: NDArray[np.object_], weeks: pd.DatetimeIndex, spec: WorldSpec, seed: int
) -> NDArray[np.bool_]:
    """Return whether each rep is away in each week, (n_weeks, n_reps).

    The answer for a week does not depend on which other weeks are asked about.

    Parameters
    ----------
    rep_ids
        Text, (n_reps,).
    weeks
        Their Mondays, (n_weeks,).
    spec, seed
        Of the world.
    """
    names = weeks.strftime("%Y-%m-%d")
    spells = np.array([f"{rep} {week}" for week in names for rep in rep_ids], object)
    drawn = uniforms(spells, seed, "absence").reshape(len(weeks), len(rep_ids))
    place = drawn.argsort(axis=1).argsort(axis=1)
    return (drawn < spec.absence_share) | (place < spec.n_away)


def at_work(
    eligible: NDArray[np.bool_], absent: NDArray[np.bool_]
) -> NDArray[np.bool_]:
    """Return who serves each market in each week, (n_weeks * n_markets, n_reps).

    Where all eligible reps are away, they all stay at work.

    Parameters
    ----------
    eligible
        Who may serve each market, (n_markets, n_reps).
    absent
        As from :func:`away`.
    """
    present = eligible & ~absent[:, None, :]
    deserted = ~present.any(axis=2, keepdims=True)
    return (present | (eligible & deserted)).reshape(-1, eligible.shape[1])


def absence_table(
    rep_ids: NDArray[np.object_], weeks: pd.DatetimeIndex, absent: NDArray[np.bool_]
) -> pd.DataFrame:
    """Return the absences in the stable columns, Monday to Friday.

    Parameters
    ----------
    rep_ids, weeks, absent
        As for, and from, :func:`away`.
    """
    week, rep = np.nonzero(absent)
    monday = weeks[week]
    return pd.DataFrame(
        {
            "rep_id": pd.Series(rep_ids[rep], dtype=object),
            "from": monday,
            "to": monday + _TO_FRIDAY,
        }
    )
