"""Small companies whose truth is known."""

import numpy as np
import pandas as pd
from scipy.special import expit

from crm import CrmData

START = pd.Timestamp("2025-01-01", tz="UTC")
AS_OF = pd.Timestamp("2026-01-01", tz="UTC")


def texts(values):
    return pd.Series(list(values), dtype=object)


def leads_of(rng, n):
    """Leads over most of a year: how good a lead is depends on source and visits."""
    seconds = np.sort(rng.integers(0, 300 * 86_400, n))
    return pd.DataFrame(
        {
            "lead_id": texts(f"L{i:05d}" for i in range(n)),
            "created_at": START + pd.to_timedelta(seconds, unit="s").as_unit("ns"),
            "source": texts(rng.choice(["web", "partner", "fair"], n)),
            "territory": texts([""] * n),
            "email": texts(f"{i}@example.com" for i in range(n)),
            "deal_value": rng.lognormal(9, 1.5, n),
            "visits": rng.poisson(3, n).astype(float),
        }
    )


def lead_logit(leads):
    """The true log odds with an average rep."""
    return -1.5 + 0.3 * leads["visits"] + (leads["source"] == "partner") * 1.0


def history_of(seed=0, n=1500, n_reps=10, rep_sd=0.0):
    """A history, and the true effect of each of its reps."""
    rng = np.random.default_rng(seed)
    history = leads_of(rng, n)
    effect = rng.normal(0, rep_sd, n_reps) if rep_sd else np.zeros(n_reps)
    rep = rng.integers(0, n_reps, n)
    won = rng.random(n) < expit(lead_logit(history) + effect[rep])
    history["rep_id"] = texts(f"R{j:02d}" for j in rep)
    history["assigned_at"] = history["created_at"]
    history["outcome"] = texts(np.where(won, "won", "lost"))
    history["closed_at"] = history["created_at"] + pd.Timedelta(days=5)
    history["origin"] = texts(["distributed"] * n)
    return history, effect


def crm_of(history, leads=None):
    """Tables of one day; the rooms beside scoring are not needed."""
    leads = leads_of(np.random.default_rng(99), 40) if leads is None else leads
    nothing = pd.DataFrame()
    return CrmData(leads, nothing, history, nothing, nothing, AS_OF, {})
