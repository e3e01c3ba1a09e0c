"""What came in and what went out, period by period."""

import numpy as np
import pandas as pd

from runs.kpi.lives import Lives


def throughput(lives: Lives, measured: pd.DataFrame) -> pd.DataFrame:
    """Return leads generated and distributed in each period of the window, in order.

    Periods in which nothing happened are there, too.
    """
    window = lives.window
    created = lives.leads["created"].fillna(lives.leads["met"])
    days = window.days_of(created)
    generated = window.periods_of(days[window.has(days)])
    distributed = measured["period"].dropna().to_numpy()
    begun = [generated, distributed]
    if not sum(len(part) for part in begun):
        return pd.DataFrame(columns=["period", "n_generated", "n_distributed"])
    seen = np.concatenate(begun).astype("datetime64[D]")
    every = np.arange(seen.min(), min(seen.max(), np.datetime64(window.last)) + 1)
    periods = np.unique(window.periods_of(every))
    counts = [
        np.bincount(np.searchsorted(periods, part), minlength=len(periods))
        for part in begun
    ]
    return pd.DataFrame(
        {"period": periods, "n_generated": counts[0], "n_distributed": counts[1]}
    )
