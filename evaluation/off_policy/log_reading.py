"""The rows of history that are evidence, read as a log."""

from collections.abc import Iterable, Mapping
from itertools import chain

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from crm import DataError, Issue
from evaluation.off_policy.horizon import choose_horizon, is_old_enough, outcomes
from evaluation.off_policy.log import LOGGED, Log, Value
from evaluation.off_policy.log_checks import (
    propensity_issues,
    row_issues,
    size_issues,
)
from scoring.history.rows import is_distributed, known_history


def read_log(
    history: pd.DataFrame,
    as_of: pd.Timestamp,
    horizon: float | None = None,
    value: Value = "conversions",
    source: str = LOGGED,
) -> Log:
    """Return the rows of history whose outcome is final, with their propensities.

    A lead counts as won if it was won within the horizon; rows younger than that
    are left out, won or not, and so are leads that reps found themselves. What
    closed after `as_of` is not known.

    Parameters
    ----------
    history
        Table of assigned leads with their ``propensity``, (n_rows,).
    as_of
        Moment (UTC) at which history is seen.
    horizon
        Days; by default those within which 99 (or 95) in 100 wins come, or `None` where
        every row has closed and is older than that.
    value
        What to count: leads won, or what they brought.
    source
        Where the propensities come from.

    Raises
    ------
    DataError
        If propensities are missing, or no number above 0 and at most 1; if leads
        appear twice; if there is too little to judge by.
    """
    rows = given_rows(history)
    refuse(chain(propensity_issues(history, rows), row_issues(history, rows, value)))
    known = known_history(history.iloc[rows], as_of)
    horizon = choose_horizon(known, as_of) if horizon is None else horizon
    old = is_old_enough(known, as_of, horizon)
    kept = known[old].sort_values(["assigned_at", "lead_id"], ignore_index=True)
    refuse(size_issues(kept, horizon))
    left_out = {
        "found by the rep": len(history) - len(rows),
        "given later than as_of": len(rows) - len(known),
        "too young to tell": int((~old).sum()),
    }
    return log_of(kept, horizon, value, source, left_out)


def given_rows(history: pd.DataFrame) -> NDArray[np.intp]:
    """Return the positions of the rows that were given to their rep."""
    if "origin" not in history:
        return np.arange(len(history))
    return np.flatnonzero(is_distributed(history))


def refuse(issues: Iterable[Issue]) -> None:
    """Raise what is wrong, if anything is."""
    found = tuple(issues)
    if found:
        raise DataError(found)


def log_of(
    rows: pd.DataFrame,
    horizon: float | None,
    value: Value,
    source: str,
    left_out: Mapping[str, int],
) -> Log:
    """Return rows in order of time, (n_rows,), as a log."""
    won, outcome = outcomes(rows, horizon, value)
    named = pd.Series(np.where(won, "won", "lost"), dtype=object)
    day = pd.factorize(rows["assigned_at"].dt.floor("D"))[0]
    return Log(
        lead_id=rows["lead_id"].to_numpy(dtype=object),
        rep_id=rows["rep_id"].to_numpy(dtype=object),
        outcome=outcome,
        propensity=rows["propensity"].to_numpy(dtype=np.float64),
        cluster=clusters(rows, day),
        day=day,
        table=rows.assign(outcome=named),
        value=value,
        horizon=horizon,
        source=source,
        left_out={reason: n for reason, n in left_out.items() if n},
    )


def clusters(rows: pd.DataFrame, day: NDArray[np.intp]) -> NDArray[np.intp]:
    """Return the number of each row's day and territory, (n_rows,)."""
    if "territory" not in rows:
        return day
    territory = pd.factorize(rows["territory"])[0]
    return np.unique(day * (len(rows) + 1) + territory, return_inverse=True)[1]
