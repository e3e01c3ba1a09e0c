"""Figures of leads, slice by slice: distribution, follow-up, outcomes."""

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.stats import norm

from evaluation.interval import LEVEL
from runs.kpi.lives import LOST, MERGED, OPEN, WON, Lives
from runs.kpi.window import HOUR
from scoring.statistics.shares import wilson_interval

ALL = "all"
DAY = 24 * HOUR
AGES = (1, 3, 7, 14, 30)
"""Days at which bars of the histogram of ages begin, after the first."""
HORIZONS = (7, 30, 90)
"""Days within which leads are won that are old enough to tell."""
HIGH = 0.9
Z = float(norm.ppf((1 + LEVEL) / 2))


def measured_leads(lives: Lives, late: NDArray[np.bool_]) -> pd.DataFrame:
    """Return what each lead adds to the figures, a row per lead.

    Parameters
    ----------
    late
        Which leads an SLA clock escalated or recalled, (n_leads,).
    """
    leads, window = lives.leads, lives.window
    created = leads["created"].fillna(leads["met"])
    distributed = leads["distributed"]
    days = window.days_of(distributed)
    is_distributed = distributed.notna()
    wait = ((distributed - leads["created"]) / HOUR).where(distributed >= created)
    business = window.business_days_of(window.days_of(leads["created"]))
    is_same = pd.Series(days <= business, leads.index).where(wait.notna())
    is_waiting = ~is_distributed & ~leads["is_earlier"] & (leads["state"] == OPEN)
    is_real = is_distributed & (leads["state"] != MERGED)
    states = {state: is_real & (leads["state"] == state) for state in (OPEN, WON, LOST)}
    return pd.DataFrame(
        {
            "is_generated": window.has(window.days_of(created)),
            "is_distributed": is_distributed,
            "is_waiting": is_waiting,
            "age": ((window.now_ms - created) / DAY).where(is_waiting),
            "wait": wait,
            "is_same_day": is_same.astype(float),
            "response": (leads["responded"] - distributed) / HOUR,
            "is_late": is_distributed & late,
            "is_real": is_real,
            **{f"is_{state}": rows for state, rows in states.items()},
            "revenue": leads["revenue"].where(states[WON], 0.0).where(is_real),
            "period": window.periods_of(days),
            "seen": (window.now_ms - distributed) / DAY,
            "delay": ((leads["closed"] - distributed) / DAY).where(states[WON]),
        },
        index=leads.index,
    )


def by_slice(measured: pd.DataFrame, slices: pd.DataFrame) -> pd.DataFrame:
    """Return the figures of each slice, one row each, in order; else of all leads."""
    keys = [slices[name] for name in slices] or [
        pd.Series(ALL, measured.index, name=ALL)
    ]
    grouped = measured.groupby(keys, observed=True, sort=True)
    wait, response = grouped["wait"], grouped["response"]
    table = pd.DataFrame(
        {
            "n_generated": grouped["is_generated"].sum(),
            "n_distributed": grouped["is_distributed"].sum(),
            "n_waiting": grouped["is_waiting"].sum(),
            "wait_median": wait.median(),
            "wait_high": wait.quantile(HIGH),
            "same_day_share": grouped["is_same_day"].mean(),
            "n_responded": response.count(),
            "response_median": response.median(),
            "response_high": response.quantile(HIGH),
            "n_late": grouped["is_late"].sum(),
        }
    )
    kept = 1 - table["n_late"] / table["n_distributed"]
    table["in_time_share"] = kept.where(table["n_distributed"] > 0)
    return table.join(_outcomes(grouped)).reset_index()


def cohorts(measured: pd.DataFrame) -> pd.DataFrame:
    """Return what became of the leads of each period of assignment, oldest first."""
    real = measured[measured["is_real"]]
    in_time = {f"{days}": real["delay"] <= days for days in HORIZONS}
    grouped = real.assign(**in_time).groupby("period", sort=True)
    table = _outcomes(grouped)
    won = grouped[list(in_time)].sum()
    for days in HORIZONS:
        share = won[f"{days}"] / table["n_real"]
        table[f"won_within_{days}"] = share.where(table["seen_least"] >= days)
    return table.drop(columns="seen_least").reset_index()


def within_horizons(measured: pd.DataFrame) -> pd.DataFrame:
    """Return how many leads are won within days, of those old enough to tell."""
    rows = []
    for days in HORIZONS:
        old = measured[measured["is_real"] & (measured["seen"] >= days)]
        in_time = old["delay"] <= days
        low, high = wilson(np.array([in_time.sum()]), np.array([len(old)]))
        share = in_time.mean() if len(old) else np.nan
        paid = old["revenue"].where(in_time, 0.0).mean() if len(old) else np.nan
        rows.append((days, len(old), in_time.sum(), share, low[0], high[0], paid))
    names = ["days", "n_old_enough", "n_won", "won_share", "won_low", "won_high"]
    return pd.DataFrame(rows, columns=[*names, "revenue_per_lead"])


def _outcomes(grouped: "pd.api.typing.DataFrameGroupBy") -> pd.DataFrame:
    n, won = grouped["is_real"].sum(), grouped["is_won"].sum()
    low, high = wilson(won.to_numpy(), n.to_numpy())
    revenue = grouped["revenue"]
    mean: pd.Series = revenue.mean()
    reach: pd.Series = Z * revenue.std() / np.sqrt(revenue.count())
    return pd.DataFrame(
        {
            "n_real": n,
            "n_open": grouped["is_open"].sum(),
            "n_won": won,
            "n_lost": grouped["is_lost"].sum(),
            "won_share": (won / n).where(n > 0),
            "won_low": low,
            "won_high": high,
            "revenue": revenue.sum(),
            "revenue_per_lead": mean,
            "revenue_low": (mean - reach).clip(lower=0),
            "revenue_high": mean + reach,
            "seen_least": grouped["seen"].min(),
        },
        index=n.index,
    )


def wilson(won: np.ndarray, n: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the ends of the 95 % intervals of shares, (n,) each; NaN of nothing."""
    with np.errstate(invalid="ignore", divide="ignore"):
        low, high = wilson_interval(won / n, n, Z)
    return np.where(n > 0, low, np.nan), np.where(n > 0, high, np.nan)


def ages(measured: pd.DataFrame) -> pd.DataFrame:
    """Return how many leads wait, by days since they were created."""
    age = measured["age"].dropna()
    place = np.searchsorted(AGES, age, side="right")
    begins = [0, *AGES]
    return pd.DataFrame(
        {
            "age_from": begins,
            "age_to": [*AGES, np.nan],
            "n_waiting": np.bincount(place, minlength=len(begins)),
        }
    )


def waiting(measured: pd.DataFrame) -> dict[str, float]:
    """Return the median age of waiting leads, nine tenths' and the oldest, in days."""
    age = measured["age"].dropna()
    empty = float("nan")
    return {
        "age_median": float(age.median()) if len(age) else empty,
        "age_high": float(age.quantile(HIGH)) if len(age) else empty,
        "age_oldest": float(age.max()) if len(age) else empty,
    }
