"""The draws of an experiment, as they were recorded, beside what became of them."""

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from crm.zones import day_of
from evaluation.experiment.drawn import DrawnLeads, RecordGaps
from evaluation.off_policy import Log
from evaluation.off_policy.log_reading import outcomes_within
from scoring.censoring.delays import days_between
from scoring.history.rows import known_history

DRAWN = (
    "lead_id",
    "as_of",
    "rep_id",
    "arm",
    "propensity",
    "control_share",
    "is_capped",
)
"""Columns of a table of draws: one row per lead and day, ``rep_id`` is ``""`` where
the lead was left unassigned, ``control_share`` NaN where nobody says."""


def until_assigned(draws: pd.DataFrame) -> pd.DataFrame:
    """Return the draws that count: each lead's last of a day, until it is assigned.

    Parameters
    ----------
    draws
        Columns as `DRAWN`, in the order of recording.
    """
    draws = draws.assign(day=day_of(draws["as_of"]))
    draws = draws.drop_duplicates(["lead_id", "day"], keep="last")
    draws = draws.sort_values(["as_of", "lead_id"], kind="stable", ignore_index=True)
    is_assigned = (draws["rep_id"] != "").astype(int)
    earlier = is_assigned.groupby(draws["lead_id"]).cumsum() - is_assigned
    return draws[earlier == 0].drop(columns="day").reset_index(drop=True)


def completed(rows: pd.DataFrame, draws: pd.DataFrame) -> pd.DataFrame:
    """Return rows of history with the propensities and arms that were recorded.

    A lead that its drawn rep still has takes its propensity from the record; an arm
    that history leaves empty is filled in.

    Parameters
    ----------
    rows
        Assigned leads, each once, (n_rows,).
    draws
        As :func:`until_assigned` gives them.
    """
    assigned = draws[draws["rep_id"] != ""].set_index("lead_id")
    drawn = assigned.reindex(rows["lead_id"])
    is_same = drawn["rep_id"].to_numpy() == rows["rep_id"].to_numpy()
    known = {}
    for name, empty in (("propensity", np.nan), ("arm", "")):
        given = rows.get(name, pd.Series(empty, index=rows.index, dtype=object))
        is_taken = is_same & (name == "propensity" or (given.fillna("") == ""))
        known[name] = given.mask(is_taken, drawn[name].to_numpy())
    known["propensity"] = pd.to_numeric(known["propensity"], errors="coerce")
    return rows.assign(**known)


def drawn_of_record(
    draws: pd.DataFrame, rows: pd.DataFrame, log: Log, as_of: pd.Timestamp
) -> DrawnLeads | None:
    """Return the leads that were drawn, with what history tells of those assigned.

    Those whose outcome may not be final are left out, whatever it is. `None` if no
    lead of the log was drawn.

    Parameters
    ----------
    draws
        As :func:`until_assigned` gives them; further columns are what was known of
        the leads.
    rows
        First assignments of history, (n_rows,).
    log
        Those of them that have a propensity and a final outcome.
    as_of
        Moment (UTC) at which history is seen.
    """
    has_arm = log.table["lead_id"][log.table.get("arm", "") != ""]
    if not has_arm.isin(draws["lead_id"]).any():
        return None
    age = days_between(draws["as_of"], as_of)
    draws = draws[age >= (log.horizon or 0.0)].reset_index(drop=True)
    known = known_history(rows, as_of).drop_duplicates("lead_id")
    at = pd.Index(known["lead_id"]).get_indexer(pd.Index(draws["lead_id"]))
    is_assigned = (draws["rep_id"] != "").to_numpy(dtype=bool)
    is_lost = is_assigned & (at < 0)
    n_not_drawn = int((~has_arm.isin(draws["lead_id"])).sum())
    changes = _changes(draws, known, at, is_assigned)
    gaps = RecordGaps(*changes, int(is_lost.sum()), n_not_drawn)
    kept = np.flatnonzero(~is_lost)
    return _drawn(draws.iloc[kept].reset_index(drop=True), known, at[kept], log, gaps)


def _changes(
    draws: pd.DataFrame,
    known: pd.DataFrame,
    at: NDArray[np.intp],
    is_assigned: NDArray[np.bool_],
) -> tuple[tuple[str, ...], int]:
    """Return leads of another arm in history, and how many have another rep."""
    both = np.flatnonzero(is_assigned & (at >= 0))
    drawn, seen = draws.iloc[both], known.iloc[at[both]]
    arm = seen["arm"].fillna("").to_numpy() if "arm" in seen else np.array([""])
    is_moved = (arm != "") & (arm != drawn["arm"].to_numpy())
    n_other = int((seen["rep_id"].to_numpy() != drawn["rep_id"].to_numpy()).sum())
    return tuple(drawn["lead_id"][is_moved]), n_other


def _drawn(
    draws: pd.DataFrame,
    known: pd.DataFrame,
    at: NDArray[np.intp],
    log: Log,
    gaps: RecordGaps,
) -> DrawnLeads:
    is_assigned = (draws["rep_id"] != "").to_numpy(dtype=bool)
    won_at, outcome_at = outcomes_within(known, log.horizon, log.value)
    won = is_assigned & won_at[at]
    outcome = np.where(is_assigned, outcome_at[at], 0.0)
    day = pd.factorize(day_of(draws["as_of"]))[0]
    territory = pd.factorize(draws.get("territory", pd.Series("", draws.index)))[0]
    cluster = np.unique(day * (len(draws) + 1) + territory, return_inverse=True)[1]
    known_before = draws.drop(columns=[*DRAWN[1:]])
    table = known_before.assign(
        assigned_at=draws["as_of"], outcome=np.where(won, "won", "lost")
    )
    return DrawnLeads(
        lead_id=draws["lead_id"].to_numpy(dtype=object),
        arm=draws["arm"].to_numpy(dtype=object),
        outcome=outcome,
        won=won,
        is_assigned=is_assigned,
        propensity=np.where(is_assigned, draws["propensity"], np.nan),
        day=day,
        cluster=cluster,
        control_share=draws["control_share"].to_numpy(dtype=np.float64),
        table=table,
        is_recorded=True,
        is_capped=bool(draws["is_capped"].any()),
        gaps=gaps,
    )
