"""Which reps of a world are away, week by week."""

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from evaluation.worlds.chance import uniforms

_TO_FRIDAY = pd.Timedelta(days=5) - pd.Timedelta(seconds=1)


def away(
    rep_ids: NDArray[np.object_], weeks: pd.DatetimeIndex, share: float, seed: int
) -> NDArray[np.bool_]:
    """Return whether each rep is away in each week, (n_weeks, n_reps).

    Whoever asks, and whatever weeks they ask about, the answer is the same.

    Parameters
    ----------
    rep_ids
        Text, (n_reps,).
    weeks
        Their Mondays, (n_weeks,).
    share
        How many are away, on average.
    seed
        Of the world.
    """
    names = weeks.strftime("%Y-%m-%d")
    spells = np.array([f"{rep} {week}" for week in names for rep in rep_ids], object)
    drawn = uniforms(spells, seed, "absence") < share
    return drawn.reshape(len(weeks), len(rep_ids))


def at_work(eligible: NDArray[np.bool_], gone: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Return who serves each territory in each week.

    Where all who could are away, they all stay at work.

    Parameters
    ----------
    eligible
        Who may serve each territory, (n_territories, n_reps).
    gone
        As from :func:`away`.

    Returns
    -------
    One row per week and territory, (n_weeks * n_territories, n_reps).
    """
    present = eligible & ~gone[:, None, :]
    deserted = ~present.any(axis=2, keepdims=True)
    return (present | (eligible & deserted)).reshape(-1, eligible.shape[1])


def absence_table(
    rep_ids: NDArray[np.object_], weeks: pd.DatetimeIndex, gone: NDArray[np.bool_]
) -> pd.DataFrame:
    """Return the absences in the stable columns, Monday to Friday.

    Parameters
    ----------
    rep_ids, weeks, gone
        As for, and from, :func:`away`.
    """
    week, rep = np.nonzero(gone)
    monday = weeks[week]
    return pd.DataFrame(
        {
            "rep_id": pd.Series(rep_ids[rep], dtype=object),
            "from": monday,
            "to": monday + _TO_FRIDAY,
        }
    )
