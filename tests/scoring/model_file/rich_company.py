"""A company with columns of every kind."""

import numpy as np
import pandas as pd

from tests.scoring.synthetic_history import history_of, texts


def rich_history(n=900):
    """Reps who differ, leads who suit them, many cities, dates, values and finds."""
    rng = np.random.default_rng(11)
    history, _ = history_of(seed=3, n=n, n_reps=6, rep_sd=1.2)
    won = (history["outcome"] == "won").to_numpy()
    history["city"] = texts(f"C{k:03d}" for k in rng.integers(0, 60, n))
    days = pd.to_timedelta(rng.integers(1, 400, n), unit="D")
    history["customer_since"] = history["created_at"] - days
    history["won_value"] = np.where(won, 100 + 50 * history["visits"], np.nan)
    history["origin"] = texts(
        rng.choice(["distributed", "self_generated"], n, p=[0.7, 0.3])
    )
    history.loc[n - 30 :, "outcome"] = "open"
    history.loc[n - 30 :, "closed_at"] = pd.NaT
    return history


def rich_leads():
    leads = rich_history(400).drop(
        columns=["rep_id", "assigned_at", "outcome", "closed_at", "won_value", "origin"]
    )
    return leads.assign(created_at=leads["created_at"].max())
