"""What is wrong with a history that is to be evidence."""

from collections.abc import Iterator

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from crm import Issue
from crm.issues import issues_at

LEAST_DAYS = 5
LEAST_CLUSTERS = 20
LEAST_WON = 20
FIRST_ROW = 2
"""Row of the first record, as a spreadsheet numbers it: the header is row 1."""
NEEDED = ("lead_id", "rep_id", "assigned_at", "outcome", "closed_at")


def propensity_issues(history: pd.DataFrame, rows: NDArray[np.intp]) -> Iterator[Issue]:
    """Yield why the propensities of these rows cannot weigh evidence.

    Parameters
    ----------
    history
        Table of assigned leads.
    rows
        Positions of those that were given out.
    """
    if not has_propensities(history, rows):
        said = (
            "no row says how likely the lead was given to its rep; without that, "
            "only queues that look random can tell"
        )
        yield Issue("history", said, column="propensity")
        return
    texts = history["propensity"].iloc[rows]
    given = pd.to_numeric(texts, errors="coerce").to_numpy(dtype=np.float64)
    missing = np.isnan(given)
    wrong = ~missing & ~((given > 0) & (given <= 1))
    n_rows = f"{missing.sum():,} of {len(rows):,} rows"
    empty = f"missing in {n_rows}: fill them, or empty the whole column"
    no_chance = (
        "expected a probability above 0, at most 1: the chance this rep had of this "
        "lead as it was given out"
    )
    for bad, said in ((missing, empty), (wrong, no_chance)):
        places = rows[bad]
        cells = ["" if pd.isna(cell) else str(cell) for cell in texts[bad]]
        numbers = (places + FIRST_ROW).tolist()
        yield from issues_at("history", said, numbers, cells, "propensity")


def has_propensities(history: pd.DataFrame, rows: NDArray[np.intp]) -> bool:
    """Tell whether any of these rows has a propensity."""
    if "propensity" not in history:
        return False
    return bool(history["propensity"].iloc[rows].notna().any())


def row_issues(
    history: pd.DataFrame, rows: NDArray[np.intp], value: str
) -> Iterator[Issue]:
    """Yield what else keeps rows from being evidence, as for `propensity_issues`."""
    needed = (*NEEDED, "won_value") if value == "revenue" else NEEDED
    absent = [name for name in needed if name not in history]
    yield from (Issue("history", "the log needs this column", 1, of) for of in absent)
    if absent:
        return
    given = history.iloc[rows]
    again = given["lead_id"].duplicated().to_numpy()
    won = (given["outcome"] == "won").to_numpy()
    checks = [
        ("lead_id", again, "appears before; which assignment counts? Keep one of them"),
        (
            "closed_at",
            won & given["closed_at"].isna(),
            "won leads closed at some time",
        ),
        ("assigned_at", given["assigned_at"].isna(), "a logged lead was given out"),
    ]
    if value == "revenue":
        unpaid = won & given["won_value"].isna()
        checks.append(("won_value", unpaid, "revenue needs what each won lead brought"))
    for name, bad, said in checks:
        places = rows[np.asarray(bad, dtype=bool)]
        cells = [str(cell) for cell in history[name].iloc[places]]
        numbers = (places + FIRST_ROW).tolist()
        yield from issues_at("history", said, numbers, cells, name)


def size_issues(rows: pd.DataFrame, horizon: float | None) -> Iterator[Issue]:
    """Yield why rows with final outcomes, (n_rows,), are too few to judge by."""
    day = rows["assigned_at"].dt.floor("D")
    territory = rows.get("territory", day)
    n_days = day.nunique()
    n_clusters = len(pd.DataFrame({"day": day, "of": territory}).drop_duplicates())
    n_won = int((rows["outcome"] == "won").sum())
    old = "" if horizon is None else f" at least {horizon:.0f} days old"
    if n_days < LEAST_DAYS or n_clusters < LEAST_CLUSTERS:
        said = (
            f"the leads{old} are of {n_days} days and {n_clusters} pairs of day and "
            f"territory: no day-to-day variation to judge by; at least {LEAST_DAYS} "
            f"days and {LEAST_CLUSTERS} such pairs are needed"
        )
        yield Issue("history", said, column="assigned_at")
    elif n_won < LEAST_WON:
        said = f"{n_won} of the leads{old} were won, at least {LEAST_WON} are needed"
        yield Issue("history", said, column="outcome")
