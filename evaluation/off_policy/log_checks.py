"""What is wrong with a history that is to be read as a log."""

from collections.abc import Iterator

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from crm import Issue
from crm.issues import issues_at
from crm.zones import day_of

LEAST_DAYS = 5
LEAST_CLUSTERS = 20
LEAST_WON = 20
FIRST_ROW = 2
"""Row of the first record, as a spreadsheet numbers it: the header is row 1."""
NEEDED = ("lead_id", "rep_id", "assigned_at", "outcome", "closed_at")


def outside_propensities(
    history: pd.DataFrame, rows: NDArray[np.intp]
) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Tell which rows without propensity are older or newer than all that have one.

    An experiment begins later than the history, and may end before it does.

    Parameters
    ----------
    history
        Table of assigned leads.
    rows
        Positions of those that were assigned.

    Returns
    -------
    Which rows came before the first propensity, and which after the last, (n_rows,)
    bool each; none where no row has one.
    """
    moment = history["assigned_at"].iloc[rows] if "assigned_at" in history else None
    if moment is None or not has_propensities(history, rows):
        nowhere = np.full(len(rows), False)
        return nowhere, nowhere
    missing = history["propensity"].iloc[rows].isna()
    logged = moment[~missing]
    before, after = (
        missing & (moment <= logged.min()),
        missing & (moment > logged.max()),
    )
    return before.to_numpy(dtype=bool), after.to_numpy(dtype=bool)


def propensity_issues(history: pd.DataFrame, rows: NDArray[np.intp]) -> Iterator[Issue]:
    """Yield why the propensities of these rows cannot weigh outcomes.

    Parameters
    ----------
    history
        Table of assigned leads.
    rows
        Positions of those that were assigned while propensities were logged.
    """
    if not has_propensities(history, rows):
        absent = (
            "no row has the probability with which the lead was assigned to its rep; "
            "without that, only queues that look random can tell"
        )
        yield Issue("history", absent, column="propensity")
        return
    texts = history["propensity"].iloc[rows]
    number = pd.to_numeric(texts, errors="coerce").to_numpy(dtype=np.float64)
    missing = np.isnan(number)
    wrong = ~missing & ~((number > 0) & (number <= 1))
    n_rows = f"{missing.sum():,} of {len(rows):,} rows"
    empty = (
        f"missing in {n_rows} since the first propensity: take them from "
        "assignments.csv of the run that assigned the lead, or leave these rows out "
        "with where, saying so"
    )
    expected = (
        "expected a probability above 0, at most 1: that of this rep when this lead "
        "was assigned"
    )
    for bad, message in ((missing, empty), (wrong, expected)):
        places = rows[bad]
        cells = ["" if pd.isna(cell) else str(cell) for cell in texts[bad]]
        numbers = (places + FIRST_ROW).tolist()
        yield from issues_at("history", message, numbers, cells, "propensity")


def has_propensities(history: pd.DataFrame, rows: NDArray[np.intp]) -> bool:
    """Tell whether any of these rows has a propensity."""
    if "propensity" not in history:
        return False
    return bool(history["propensity"].iloc[rows].notna().any())


def row_issues(
    history: pd.DataFrame, rows: NDArray[np.intp], value: str
) -> Iterator[Issue]:
    """Yield what else is wrong with these rows, as for `propensity_issues`."""
    needed = (*NEEDED, "won_value") if value == "revenue" else NEEDED
    absent = [name for name in needed if name not in history]
    missing = "the log needs this column"
    yield from (Issue("history", missing, 1, name) for name in absent)
    if absent:
        return
    assigned = history.iloc[rows]
    again = assigned["lead_id"].duplicated().to_numpy()
    won = (assigned["outcome"] == "won").to_numpy()
    checks = [
        ("lead_id", again, "appears before; which assignment counts? Keep one of them"),
        (
            "closed_at",
            won & assigned["closed_at"].isna(),
            "won leads closed at some time",
        ),
        ("assigned_at", assigned["assigned_at"].isna(), "a logged lead was assigned"),
    ]
    if value == "revenue":
        unpaid = won & assigned["won_value"].isna()
        checks.append(("won_value", unpaid, "revenue needs what each won lead brought"))
    for name, bad, message in checks:
        places = rows[np.asarray(bad, dtype=bool)]
        cells = [str(cell) for cell in history[name].iloc[places]]
        numbers = (places + FIRST_ROW).tolist()
        yield from issues_at("history", message, numbers, cells, name)


def size_issues(rows: pd.DataFrame, horizon: float | None) -> Iterator[Issue]:
    """Yield why rows with final outcomes, (n_rows,), are too few to judge by."""
    day = day_of(rows["assigned_at"])
    territory = rows.get("territory", day)
    n_days = day.nunique()
    n_clusters = len(
        pd.DataFrame({"day": day, "territory": territory}).drop_duplicates()
    )
    n_won = int((rows["outcome"] == "won").sum())
    old = "" if horizon is None else f" at least {horizon:.0f} days old"
    if n_days < LEAST_DAYS or n_clusters < LEAST_CLUSTERS:
        message = (
            f"the leads{old} are of {n_days} days and {n_clusters} pairs of day and "
            f"territory: no day-to-day variation to judge by; at least {LEAST_DAYS} "
            f"days and {LEAST_CLUSTERS} such pairs are needed"
        )
        yield Issue("history", message, column="assigned_at")
    elif n_won < LEAST_WON:
        message = f"{n_won} of the leads{old} were won, at least {LEAST_WON} are needed"
        yield Issue("history", message, column="outcome")
