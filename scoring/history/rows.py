"""The rows of history: as known at a moment, and the closed ones in order of time."""

import numpy as np
import pandas as pd

from scoring.history.cells import DAY, is_filled

MIN_OF_EACH = 10
"""Won rows, and lost rows, below which nothing is fitted."""


def known_history(history: pd.DataFrame, as_of: pd.Timestamp) -> pd.DataFrame:
    """Return history as it stood at `as_of`: what closed later is still open.

    Parameters
    ----------
    history
        Table of assigned leads, (n_rows,).
    as_of
        Moment in UTC after which nothing is known.

    Returns
    -------
    pandas.DataFrame
        The rows assigned by then; the input is not changed.
    """
    known = history[history["assigned_at"] <= as_of]
    still_open = (known["closed_at"] > as_of).to_numpy()
    outcome = np.where(still_open, "open", known["outcome"].to_numpy(dtype=object))
    return known.assign(outcome=pd.Series(outcome, index=known.index, dtype=object))


def closed_history(history: pd.DataFrame) -> pd.DataFrame:
    """Return the won and lost rows, oldest assignment first.

    Open rows are right-censored, not lost: they are left out. The order depends
    on the rows' content alone, so that shuffled rows give the same model. A row that is
    there twice counts once.
    """
    closed = history[history["outcome"].isin(["won", "lost"])]
    again = closed.duplicated(["lead_id", "rep_id", "assigned_at"])
    closed = closed[~again]
    keys = ["assigned_at", "lead_id", "rep_id"]
    return closed.sort_values(keys, kind="stable", ignore_index=True)


def with_losses(
    history: pd.DataFrame, days: int | None, as_of: pd.Timestamp
) -> pd.DataFrame:
    """Return history with what is open for longer than so many days lost by then.

    Parameters
    ----------
    history
        Table of assigned leads, (n_rows,); it is not changed.
    days
        After how many days; `None`: never.
    as_of
        Moment in UTC at which rows are open.
    """
    if days is None:
        return history
    ends = history["assigned_at"] + days * DAY
    old = (history["outcome"] == "open") & (ends <= as_of)
    return history.assign(
        outcome=history["outcome"].mask(old, "lost"),
        closed_at=history["closed_at"].mask(old, ends),
    )


def is_won(history: pd.DataFrame) -> np.ndarray:
    """Return 1.0 where the row was won, 0.0 elsewhere, (n_rows,)."""
    return (history["outcome"] == "won").to_numpy(dtype=float)


def is_distributed(history: pd.DataFrame) -> np.ndarray:
    """Tell which rows were distributed, not self-generated, (n_rows,) bool."""
    return (history["origin"] != "self_generated").to_numpy(dtype=bool)


def has_owner(history: pd.DataFrame) -> np.ndarray:
    """Tell which rows name the rep who had the lead, (n_rows,) bool."""
    return is_filled(history["rep_id"])


def is_assigned(history: pd.DataFrame) -> np.ndarray:
    """Tell which rows were distributed to a rep who is named, (n_rows,) bool."""
    return is_distributed(history) & has_owner(history)


def has_both(won: np.ndarray, least: int = MIN_OF_EACH) -> bool:
    """Tell whether at least so many of these rows were won, and so many lost."""
    return bool(min(won.sum(), len(won) - won.sum()) >= least)
