"""What the demo company did with its leads before it met rightrep."""

from collections.abc import Iterable

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from evaluation.demo.demand import draw_leads, iso, plain
from evaluation.demo.staff import covering
from evaluation.worlds.truth import Truth


def served_leads(
    reps: pd.DataFrame, n_leads: int, as_of: pd.Timestamp, rng: np.random.Generator
) -> pd.DataFrame:
    """Return the leads of the nine months before, those somebody could serve.

    They come on working days, in order of ``created_at``, ids ``H00001`` on.
    """
    days = pd.bdate_range(end=as_of - pd.Timedelta(days=3), periods=195).normalize()
    seconds = pd.to_timedelta(rng.integers(7 * 3600, 19 * 3600, n_leads), unit="s")
    created_at = (days[rng.integers(len(days), size=n_leads)] + seconds).sort_values()
    leads = draw_leads(created_at, rng)
    covered = covering(reps)
    pairs = zip(leads["territory"], leads["product"], strict=True)
    leads = leads[[pair in covered for pair in pairs]].reset_index(drop=True)
    leads.insert(0, "lead_id", [f"H{row + 1:05d}" for row in leads.index])
    return plain(leads)


def rotated(leads: pd.DataFrame, reps: pd.DataFrame) -> list[str]:
    """Return each lead's rep, ``(n_leads,)``: of those covering it, who waited longest.

    This is the round-robin queue most sales teams start with.
    """
    covered = covering(reps)
    queue = list(range(len(reps)))
    given = []
    for pair in zip(leads["territory"], leads["product"], strict=True):
        rep = next(waiting for waiting in queue if waiting in covered[pair])
        queue.remove(rep)
        queue.append(rep)
        given.append(rep)
    return list(reps["rep_id"].to_numpy()[given])


def with_outcomes(
    leads: pd.DataFrame,
    rep_ids: Iterable[str],
    truth: Truth,
    as_of: pd.Timestamp,
    rng: np.random.Generator,
) -> pd.DataFrame:
    """Return the history: what became of each lead with its rep by `as_of`.

    Leads close after a lognormal delay, the won ones a little later; what would
    close after `as_of` is still open.
    """
    history = leads.assign(rep_id=list(rep_ids))
    n_leads = len(history)
    won = rng.random(n_leads) < truth.probability(
        history["lead_id"].tolist(), history["rep_id"].tolist()
    )
    days = rng.lognormal(np.log(np.where(won, 17.0, 14.0)), 0.9)
    assigned_at = _later(history["created_at"], rng.exponential(0.05, n_leads))
    closed_at = _later(iso(assigned_at), days)
    closed = closed_at <= as_of
    price = rng.lognormal(0.0, 0.15, n_leads)
    paid = (history["deal_value"] * price).round(2).where(won & closed)
    return plain(
        history.assign(
            assigned_at=iso(assigned_at),
            outcome=np.where(closed, np.where(won, "won", "lost"), "open"),
            closed_at=np.where(closed, iso(closed_at), ""),
            won_value=paid,
        )
    )


def _later(moments: Iterable[str], days: NDArray[np.float64]) -> pd.DatetimeIndex:
    start = pd.to_datetime(list(moments), format="ISO8601", utc=True)
    return (start + pd.to_timedelta(days, unit="D")).floor("s")
