"""The rows of history whose outcome is final, read as a log."""

from collections.abc import Iterable, Mapping
from itertools import chain

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from crm import DataError, Issue
from crm.zones import day_of
from evaluation.off_policy.log import LOGGED, LeftOut, Log, Source, Value
from evaluation.off_policy.log_checks import (
    outside_propensities,
    propensity_issues,
    row_issues,
    size_issues,
)
from scoring.censoring.delays import WINDOW_SHARE, days_between, estimate_delays
from scoring.history.rows import is_assigned, known_history

PATIENT_SHARE = 0.99
MOST_CENSORED = 1 / 3
"""Share of the leads that may be left out for the sake of late wins."""


def read_log(
    history: pd.DataFrame,
    as_of: pd.Timestamp,
    horizon: float | None = None,
    value: Value = "conversions",
    source: Source = LOGGED,
) -> Log:
    """Return the rows of history whose outcome is final, with their propensities.

    A lead counts as won if it was won within the horizon; rows assigned later than a
    horizon ago are left out, won or not, and so are leads that reps found themselves.
    So are rows without propensity that are older, or newer, than all that have one.
    What closed after `as_of` is not known.

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
    distributed = distributed_rows(history)
    before, after = outside_propensities(history, distributed)
    rows = distributed[~(before | after)]
    _refuse(chain(propensity_issues(history, rows), row_issues(history, rows, value)))
    known = known_history(history.iloc[rows], as_of)
    horizon = choose_horizon(known, as_of) if horizon is None else horizon
    final = _is_final(known, as_of, horizon)
    kept = known[final].sort_values(["assigned_at", "lead_id"], ignore_index=True)
    _refuse(size_issues(kept, horizon))
    left_out: dict[LeftOut, int] = {
        "self_generated": len(history) - len(distributed),
        "before_propensities": int(before.sum()),
        "after_propensities": int(after.sum()),
        "after_as_of": len(rows) - len(known),
        "outcome_not_final": int((~final).sum()),
    }
    return _log_of(kept, horizon, value, source, left_out)


def distributed_rows(history: pd.DataFrame) -> NDArray[np.intp]:
    """Return the positions of the rows that were assigned, not found by the rep."""
    if not {"origin", "rep_id"} <= set(history.columns):
        return np.arange(len(history))
    return np.flatnonzero(is_assigned(history))


def choose_horizon(known: pd.DataFrame, as_of: pd.Timestamp) -> float | None:
    """Return the days within which 99 in 100 wins come; `None`: none need be awaited.

    Those of 95 in 100 where the longer wait would leave out too many leads.

    Wins are seen only if they took less than the age of their row; the estimate
    allows for that right-censoring. Where every row has closed and is older than these
    days, nothing more is to come.

    Parameters
    ----------
    known
        History as it stood at `as_of`, (n_rows,).
    as_of
        Moment in UTC.
    """
    won = known[known["outcome"] == "won"]
    if won.empty:
        return None
    age = days_between(won["assigned_at"], as_of)
    delay = days_between(won["assigned_at"], won["closed_at"])
    delays = estimate_delays(delay, age)
    ages = days_between(known["assigned_at"], as_of)
    patient, hasty = delays.age_at(PATIENT_SHARE), delays.age_at(WINDOW_SHARE)
    days = patient if np.mean(ages < patient) <= MOST_CENSORED else hasty
    is_closed = (known["outcome"] != "open").all()
    return None if is_closed and ages.min() >= days else days


def _is_final(
    known: pd.DataFrame, as_of: pd.Timestamp, horizon: float | None
) -> NDArray[np.bool_]:
    """Tell which rows were assigned a horizon ago or earlier, (n_rows,) bool."""
    if horizon is None:
        return np.full(len(known), True)
    final: NDArray[np.bool_] = days_between(known["assigned_at"], as_of) >= horizon
    return final


def outcomes_within(
    rows: pd.DataFrame, horizon: float | None, value: Value
) -> tuple[NDArray[np.bool_], NDArray[np.float64]]:
    """Return which rows were won in time, and what each brought, (n_rows,) each.

    Parameters
    ----------
    rows
        Assigned leads as they stand.
    horizon
        Days after which a win no longer counts; `None` for none.
    value
        What to count.
    """
    won = (rows["outcome"] == "won").to_numpy(dtype=bool)
    if horizon is not None:
        delay = days_between(rows["assigned_at"], rows["closed_at"])
        won = won & (np.nan_to_num(delay, nan=np.inf) <= horizon)
    if value == "conversions":
        return won, won.astype(np.float64)
    paid = rows["won_value"].to_numpy(dtype=np.float64)
    return won, np.where(won, paid, 0.0)


def _refuse(issues: Iterable[Issue]) -> None:
    """Raise what is wrong, if anything is."""
    wrong = tuple(issues)
    if wrong:
        raise DataError(wrong)


def _log_of(
    rows: pd.DataFrame,
    horizon: float | None,
    value: Value,
    source: Source,
    left_out: Mapping[LeftOut, int],
) -> Log:
    """Return rows in order of time, (n_rows,), as a log."""
    won, outcome = outcomes_within(rows, horizon, value)
    final = pd.Series(np.where(won, "won", "lost"), dtype=object)
    day = pd.factorize(day_of(rows["assigned_at"]))[0]
    return Log(
        lead_id=rows["lead_id"].to_numpy(dtype=object),
        rep_id=rows["rep_id"].to_numpy(dtype=object),
        outcome=outcome,
        propensity=rows["propensity"].to_numpy(dtype=np.float64),
        cluster=_clusters(rows, day),
        day=day,
        table=rows.assign(outcome=final),
        value=value,
        horizon=horizon,
        source=source,
        left_out={reason: n for reason, n in left_out.items() if n},
    )


def _clusters(rows: pd.DataFrame, day: NDArray[np.intp]) -> NDArray[np.intp]:
    """Return the number of each row's day and territory, (n_rows,)."""
    if "territory" not in rows:
        return day
    territory = pd.factorize(rows["territory"])[0]
    return np.unique(day * (len(rows) + 1) + territory, return_inverse=True)[1]
