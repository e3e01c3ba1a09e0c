"""When the leads of a world arrive, and their outcomes with their reps."""

from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from evaluation.worlds.names import text
from evaluation.worlds.random_numbers import normals, uniforms
from evaluation.worlds.spec import WorldSpec

_WAIT_DAYS = 0.04
_PRICE_SD = 0.15
_OPENS, _CLOSES = 8 * 3600, 18 * 3600
_NANOSECONDS = 10**9


def moments(
    n_leads: int, days: pd.DatetimeIndex, rng: np.random.Generator
) -> pd.DatetimeIndex:
    """Return when leads come, (n_leads,) in order: in the working hours of the days."""
    day = np.sort(rng.integers(len(days), size=n_leads))
    second = rng.integers(_OPENS, _CLOSES, n_leads)
    came = days[day] + pd.to_timedelta(second, unit="s")
    return pd.DatetimeIndex(came).as_unit("ns").sort_values()


def later(moments: pd.Series, days: NDArray[np.float64]) -> pd.Series:
    """Return the moments so many days later, to the second, same shape."""
    seconds = np.rint(np.minimum(days * 86_400, 1e9)).astype(np.int64)
    return moments + pd.to_timedelta(seconds * _NANOSECONDS, unit="ns")


def working_days_later(moments: pd.Series, days: NDArray[np.integer[Any]]) -> pd.Series:
    """Return the moments so many working days later, same time of day, same shape."""
    date = moments.to_numpy("datetime64[D]")
    passed = np.busday_offset(date, days, roll="forward") - date
    return moments + passed.astype("timedelta64[ns]")


def with_outcomes(
    assigned: pd.DataFrame,
    probability: NDArray[np.float64],
    offered_at: pd.Series,
    spec: WorldSpec,
    seed: int,
    known_at: pd.Timestamp,
) -> pd.DataFrame:
    """Return leads that were assigned to a rep as rows of history.

    Parameters
    ----------
    assigned
        Leads with their ``rep_id``, (n_leads,).
    probability
        P(convert) of each of them, (n_leads,).
    offered_at
        When each could first be assigned, (n_leads,); it is, a little later.
    spec, seed
        Of the world.
    known_at
        What closes later is still open.
    """
    ids = assigned["lead_id"].to_numpy()
    wins = won(ids, probability, seed)
    wait = -_WAIT_DAYS * np.log(uniforms(ids, seed, "wait"))
    spread = np.exp(spec.delay_sd * normals(ids, seed, "delay"))
    delay = spec.delay_days * np.where(wins, spec.won_delay, 1.0) * spread
    assigned_at = later(offered_at, wait)
    closed_at = later(assigned_at, delay)
    closed = (closed_at <= known_at).to_numpy()
    price = np.exp(_PRICE_SD * normals(ids, seed, "price"))
    paid = (assigned["deal_value"] * price).round(2)
    outcome = np.where(closed, np.where(wins, "won", "lost"), "open")
    return assigned.assign(
        assigned_at=assigned_at,
        outcome=text(outcome, assigned.index),
        closed_at=closed_at.where(closed),
        won_value=paid.where(wins & closed),
        origin=text(["distributed"] * len(assigned), assigned.index),
    )


def won(
    ids: NDArray[Any], probability: NDArray[np.float64], seed: int
) -> NDArray[np.bool_]:
    """Return which leads convert, given the probability of each, (n_leads,)."""
    return uniforms(ids, seed, "outcome") < probability
