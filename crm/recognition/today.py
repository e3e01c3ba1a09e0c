"""One file of leads and history: which rows are the day's, and which were before."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from crm.recognition.outcome_words import LOST, WON


@dataclass(frozen=True)
class Split:
    """The conditions that part one file into two tables.

    Attributes
    ----------
    leads, history
        The `where` of each.
    why
        Why so.
    """

    leads: dict[str, Any]
    history: dict[str, Any]
    why: str


def split_of(
    frame: pd.DataFrame,
    outcome: np.ndarray,
    owner: str,
    has_rep: np.ndarray,
    stage: str,
    created: str,
    days: list[str],
) -> Split | None:
    """Return how the day's leads are told from earlier ones, None where none is open.

    They are open, and nobody's; else of a stage that only the newest have; else of the
    newest day.

    Parameters
    ----------
    frame
        The file.
    outcome
        What each row is, shape (n_rows,) object.
    owner
        Its column of owners, "" for none.
    has_rep
        Whether each row has an owner who may be a rep, shape (n_rows,) bool.
    stage
        Its column of stages, "" for none.
    created, days
        Its column of creation, and the ISO day of each row.
    """
    is_open = ~np.isin(outcome, (WON, LOST))
    if not is_open.any() or is_open.all():
        return None
    nobodys = is_open & ~has_rep
    if owner and nobodys.any():
        names = list(dict.fromkeys(frame[owner].to_numpy()[nobodys]))
        of_owner = _of_owner(owner, names, frame, nobodys)
        if of_owner:
            return of_owner
    if stage:
        told = _by_stage(frame, stage, is_open, days)
        if told:
            return told
    newest = max(day for day, one in zip(days, is_open, strict=True) if one)
    why = f"the newest day of open rows is {newest}: change it every day"
    leads: dict[str, Any] = {created: {"min": pd.Timestamp(newest).date()}}
    if stage:
        column = frame[stage]
        leads[stage] = list(dict.fromkeys(column[is_open & (column != "")]))
    return Split(leads, {}, why)


def _of_owner(
    owner: str, names: list[str], frame: pd.DataFrame, nobodys: np.ndarray
) -> Split | None:
    if set(frame[owner].to_numpy()[~nobodys]) & set(names):
        return None
    n = int(nobodys.sum())
    if names == [""]:
        why = f"{n:,} open rows have no owner"
        return Split({owner: {"missing": True}}, {owner: {"missing": False}}, why)
    if "" in names:
        return None
    why = f"{n:,} open rows are of no rep: {', '.join(names)}"
    one = names[0] if len(names) == 1 else names
    return Split({owner: one}, {owner: {"not": one}}, why)


def _by_stage(
    frame: pd.DataFrame, stage: str, is_open: np.ndarray, days: list[str]
) -> Split | None:
    """Return the stages that only the newest rows have, None where there are none."""
    table = pd.DataFrame({"stage": frame[stage].to_numpy(), "open": is_open})
    table["day"] = days
    first = table.groupby("stage")["day"].min()
    all_open = table.groupby("stage")["open"].all()
    others = table.groupby("stage")["day"].max()
    stages = [
        word
        for word in first.index
        if word and all_open[word] and first[word] > others.drop(word).max()
    ]
    if len(stages) != 1:
        return None
    n = int((table["stage"] == stages[0]).sum())
    why = f"{n:,} rows, all of them open and newer than all others"
    return Split({stage: stages[0]}, {stage: {"not": stages[0]}}, why)
