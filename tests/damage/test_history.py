"""History that is too little to fit ends in a clear message or in sane scores."""

import csv
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from tests.damage.commands import held

TRAIN_AND_RUN = ("run", "daily.yaml", "--out", "out")
Change = Callable[[pd.DataFrame], pd.DataFrame]


def closed(history: pd.DataFrame) -> pd.DataFrame:
    return history[history["outcome"] != "open"]


def reopened(history: pd.DataFrame) -> pd.DataFrame:
    """Nine leads in ten are open."""
    some = np.arange(len(history)) % 10 > 0
    history.loc[some, ["outcome", "closed_at"]] = ["open", ""]
    return history


REFUSED: dict[str, tuple[Change, str]] = {
    "no rows": (lambda rows: rows[:0], "no rows to train on"),
    "ten rows": (lambda rows: rows[:10], "at least 50 are needed"),
    "all lost": (lambda rows: closed(rows).assign(outcome="lost"), "both needed"),
    "open": (reopened, "open rows do not count"),
    "later": (
        lambda rows: rows.assign(created_at="2027-01-01", assigned_at="2027-01-01"),
        "later than the allocation",
    ),
    "reps who left": (
        lambda rows: rows.assign(rep_id="X" + rows["rep_id"]),
        "map to rep_id a column that both have",
    ),
    "a rep per row": (
        lambda rows: rows.assign(rep_id=rows["lead_id"]),
        "map to rep_id a column that both have",
    ),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_history_that_cannot_be_fitted(folder, name):
    """The run is refused with the reason."""
    change, reason = REFUSED[name]
    rewrite("history", change)
    result = held(folder, TRAIN_AND_RUN)
    assert result.exit_code == 3
    assert reason in result.stderr


ACCEPTED: dict[str, Change] = {
    "three won": lambda rows: rows.assign(
        outcome=["won"] * 3 + ["lost"] * (len(rows) - 3), closed_at="2026-08-20"
    ),
    "one day": lambda rows: rows.assign(
        created_at="2026-03-01", assigned_at="2026-03-01", closed_at="2026-03-01"
    ),
    "one rep": lambda rows: rows.assign(rep_id="R1"),
    "given again": lambda rows: rows.assign(lead_id=rows["lead_id"].str[:-1]),
    "constant": lambda rows: rows.assign(territory="North", language="de", visits="3"),
    "a town per row": lambda rows: rows.assign(territory=rows["lead_id"]),
    "leaks only": lambda rows: rows.assign(
        territory=rows["outcome"], language=rows["outcome"], visits=rows["outcome"]
    ),
    "closed too soon": lambda rows: rows.assign(
        closed_at=rows["closed_at"].str.replace("2026", "2025")
    ),
    "found themselves": lambda rows: rows.assign(origin="self_generated"),
    "absurd amounts": lambda rows: rows.assign(visits="1e300", deal_value="1e15"),
}


FAST = ("three won", "leaks only")
SLOW = sorted(set(ACCEPTED) - set(FAST))


@pytest.mark.slow
@pytest.mark.parametrize(
    "name", [*FAST, *(pytest.param(name, marks=pytest.mark.slow) for name in SLOW)]
)
def test_an_odd_history(folder, name):
    """The run goes through, and no lead is sure to be won or lost."""
    rewrite("history", ACCEPTED[name])
    assert held(folder, TRAIN_AND_RUN).exit_code == 0
    with open("out/assignments.csv", encoding="utf-8", newline="") as file:
        p = [float(row["p_convert"]) for row in csv.DictReader(file)]
    assert p
    assert 0 < min(p) <= max(p) < 1


def rewrite(table: str, change: Change) -> None:
    """Change a table of the current folder, all its cells as text."""
    path = Path(f"{table}.csv")
    rows = pd.read_csv(path, dtype=object, keep_default_na=False)
    change(rows.copy()).to_csv(path, index=False)
