"""One file of leads and history: which rows are the day's, and which were before."""

from dataclasses import dataclass
from operator import ge, gt
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
        of_owner = _of_owner(owner, frame, nobodys, stage)
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
    owner: str, frame: pd.DataFrame, nobodys: np.ndarray, stage: str
) -> Split | None:
    """Return the owners that the day's leads have, None where earlier ones do too."""
    owners = frame[owner].to_numpy()
    names = list(dict.fromkeys(owners[nobodys]))
    theirs = [name for name in dict.fromkeys(owners[~nobodys]) if name]
    told = [name for name in names if name]
    one = told[0] if len(told) == 1 else told
    n = int(nobodys.sum())
    leads: Any
    history: Any
    if not told:
        why = f"{n:,} open rows have no owner"
        leads, history = {"missing": True}, {"missing": False}
    elif len(told) == len(names):
        why = f"{n:,} open rows are of no rep: {', '.join(told)}"
        leads, history = one, {"not": one}
    else:
        why = f"{n:,} open rows have no owner, or are of no rep: {', '.join(told)}"
        reps = [name for name in theirs if name not in told]
        leads, history = {"not": reps}, reps
    if not np.isin(owners[~nobodys], names).any():
        return Split({owner: leads}, {owner: history}, why)
    stages = list(dict.fromkeys(frame[stage].to_numpy()[nobodys])) if stage else []
    chosen = np.isin(owners, names) & frame[stage].isin(stages) if stage else nobodys
    if not all(stages) or not stage or (chosen != nobodys).any():
        return None
    return Split({owner: leads, stage: stages}, {}, f"{why}; those closed are not")


def _by_stage(
    frame: pd.DataFrame, stage: str, is_open: np.ndarray, days: list[str]
) -> Split | None:
    """Return the stages that only the newest rows have, None where there are none."""
    stages = _newest(frame[stage], is_open, days)
    if len(stages) != 1:
        return None
    n = int((frame[stage] == stages[0]).sum())
    why = f"{n:,} rows, all of them open and newer than all others"
    return Split({stage: stages[0]}, {stage: {"not": stages[0]}}, why)


def newest_open(words: pd.Series, outcome: np.ndarray, days: list[str]) -> list[str]:
    """Return the words of which all rows are open, and none older than another's row.

    On the day of the newest rows they may stand beside others.

    Parameters
    ----------
    words
        A column of the file, shape (n_rows,).
    outcome
        What each row is, shape (n_rows,) object.
    days
        The ISO day of each row.
    """
    is_open = ~np.isin(outcome, (WON, LOST))
    return _newest(words, is_open, days, beside_others=True)


def _newest(
    words: pd.Series, is_open: np.ndarray, days: list[str], beside_others: bool = False
) -> list[str]:
    table = pd.DataFrame({"word": words.to_numpy(), "open": is_open, "day": days})
    by_word = table.groupby("word")
    first, last = by_word["day"].min(), by_word["day"].max()
    all_open = by_word["open"].all()
    is_newer = ge if beside_others else gt
    return [
        word
        for word in first.index
        if word
        and all_open[word]
        and is_newer(first[word], max(last.drop(word), default=""))
    ]
