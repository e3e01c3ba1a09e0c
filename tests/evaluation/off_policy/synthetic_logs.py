"""Synthetic histories of two reps, or more, whose propensities are known."""

import numpy as np
import pandas as pd

from evaluation.off_policy import Log, Pairs, read_log

START = pd.Timestamp("2026-03-02T09:00:00Z")
AFTER_ALL = pd.Timestamp("2027-03-02T00:00:00Z")
REPS = ["R0", "R1", "R2", "R3"]


def synthetic_history(
    n_days: int = 30,
    per_day: int = 100,
    rates: tuple[float, ...] = (0.3, 0.3, 0.3, 0.3),
    seed: int = 1,
    propensity: tuple[float, ...] | None = None,
) -> pd.DataFrame:
    """Return leads assigned at random to reps who win at these rates of any leads.

    A lead closes within five days of its assignment.
    """
    rng = np.random.default_rng(seed)
    n_leads, n_reps = n_days * per_day, len(rates)
    uniform = np.full(n_reps, 1 / n_reps)
    shares = uniform if propensity is None else np.array(propensity)
    rep = rng.choice(n_reps, n_leads, p=shares)
    day = np.repeat(np.arange(n_days), per_day)
    assigned_at = START + pd.to_timedelta(day, unit="D")
    won = rng.random(n_leads) < np.array(rates)[rep]
    delay = pd.to_timedelta(rng.integers(1, 6, n_leads), "D")
    return pd.DataFrame(
        {
            "lead_id": pd.Series([f"L{i:05d}" for i in range(n_leads)], dtype=object),
            "created_at": assigned_at,
            "territory": pd.Series(rng.choice(["N", "S"], n_leads), dtype=object),
            "size": rng.standard_normal(n_leads),
            "rep_id": pd.Series(np.array(REPS, dtype=object)[rep], dtype=object),
            "assigned_at": assigned_at,
            "outcome": pd.Series(np.where(won, "won", "lost"), dtype=object),
            "closed_at": assigned_at + delay,
            "won_value": np.where(won, 100.0, np.nan),
            "propensity": shares[rep],
        }
    )


def synthetic_log(**options) -> Log:
    """Return the same as a log in which everything has closed."""
    return read_log(synthetic_history(**options), AFTER_ALL)


def anyone(log: Log, reps: list[str] = REPS) -> Pairs:
    """Return every rep for every lead."""
    return Pairs.from_matrix(np.full((log.n_leads, len(reps)), True), reps)


def always(log: Log, rep: str) -> pd.DataFrame:
    """Return the table of the policy that assigns every lead to one rep."""
    return pd.DataFrame({"lead_id": log.lead_id, "rep_id": rep})
