"""What an export says of each lead: one row, or the reason why it is left out."""

from dataclasses import dataclass
from functools import partial

import numpy as np
import pandas as pd

from crm import Issue
from crm.table import Table
from runs.outcomes.left_out import left_out, together

OF_LEAD = ("outcome", "closed_at", "won_value", "first_response_at", "rep_id")
"""Columns that say one thing of a lead, in however many rows."""
TEXTS = ("outcome", "rep_id")
OF_STEP = ("next_step_at", "status")
"""Columns of which every row may say another thing."""
CLOSED = ("won", "lost")


@dataclass(frozen=True, eq=False)
class Facts:
    """What an export says.

    Attributes
    ----------
    leads
        One row per lead: lead_id, `OF_LEAD` and the first row of the file that says
        something of it; a time and a value of leads that did not close are missing.
    steps
        One row per next step of a lead: row, lead_id, `OF_STEP`.
    left_out
        Rows that cannot be used: row, lead_id, reason, detail.
    """

    leads: pd.DataFrame
    steps: pd.DataFrame
    left_out: pd.DataFrame


def facts_of(table: Table, issues: tuple[Issue, ...]) -> Facts:
    """Return what the rows of an export say, each lead once.

    Parameters
    ----------
    table
        As :func:`crm.read_outcomes` gives it.
    issues
        What was found in reading it.
    """
    rows = to_microseconds(table.frame).assign(row=table.rows)
    readable = table.readable(*table.names)
    unreadable = rows[~readable].assign(
        column=[_column(table, at) for at in np.flatnonzero(~readable).tolist()]
    )
    bad = left_out(unreadable, "unreadable", partial(_unreadable, issues))
    rows = rows[readable]
    leads, at_odds = _each_once(rows)
    leads, incomplete = _complete(leads)
    is_used = rows["lead_id"].isin(leads["lead_id"]) & rows["next_step_at"].notna()
    steps = rows.loc[is_used, ["row", "lead_id", *OF_STEP]]
    steps = steps.drop_duplicates(["lead_id", *OF_STEP]).reset_index(drop=True)
    return Facts(leads, steps, together(bad, at_odds, incomplete))


def to_microseconds(frame: pd.DataFrame) -> pd.DataFrame:
    """Return the frame with its times as the ledger holds them."""
    times = frame.select_dtypes("datetimetz")
    return frame.assign(
        **{str(n): column.dt.floor("us") for n, column in times.items()}
    )


def _column(table: Table, at: int) -> str:
    return next(name for name, bad in table.unreadable.items() if bad[at])


def _unreadable(issues: tuple[Issue, ...], row: pd.Series) -> str:
    """Return which cell of a row cannot be read; each text is told at its first row."""
    column = row["column"]
    told = [issue for issue in issues if issue.column == column]
    own = [issue for issue in told if issue.row == row["row"]]
    if own:
        return f"{column} {own[0].value!r}: {own[0].expected}"
    return f"{column}: {told[0].expected if told else 'cannot be read'}"


def _each_once(rows: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return one row per lead, and rows of leads that say two things of one."""
    cells = rows[["lead_id", *OF_LEAD]]
    texts = {name: cells[name].mask(cells[name] == "") for name in TEXTS}
    cells = cells.assign(**texts)
    again = cells["lead_id"].duplicated(keep=False).to_numpy()
    several = cells[again].groupby("lead_id")[[*OF_LEAD]]
    differs = several.nunique() > 1
    wrong = differs.any(axis=1)
    is_wrong = cells["lead_id"].isin(wrong.index[wrong])
    which = {
        lead: ", ".join(differs.columns[own])
        for lead, own in zip(differs.index, differs.to_numpy(), strict=True)
        if own.any()
    }
    out = left_out(
        rows[is_wrong],
        "contradicts_itself",
        lambda row: f"two rows of this lead differ in {which[row['lead_id']]}",
    )
    merged = several.first().reset_index()
    cells = cells.assign(row=rows["row"])
    first = cells.drop_duplicates("lead_id").set_index("lead_id")["row"]
    once = pd.concat([cells[~again].drop(columns="row"), merged], ignore_index=True)
    once = once[~once["lead_id"].isin(wrong.index[wrong])]
    texts = {name: once[name].fillna("") for name in TEXTS}
    once = once.assign(**texts, row=once["lead_id"].map(first))
    kinds = rows.dtypes[["closed_at", "won_value", "first_response_at"]].to_dict()
    return once.astype(kinds).sort_values("row", ignore_index=True), out


def _complete(leads: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the leads whose row says all that its outcome needs, and the others.

    What a lead that did not close, or was lost, might bring is no value that was won.
    """
    is_closed = leads["outcome"].isin(CLOSED)
    has_no_time = is_closed & leads["closed_at"].isna()
    has_no_outcome = (leads["outcome"] == "") & leads["won_value"].notna()
    out = together(
        left_out(
            leads[has_no_time],
            "no_closing_time",
            lambda row: f"{row['outcome']} without closed_at",
        ),
        left_out(
            leads[has_no_outcome],
            "value_without_outcome",
            lambda row: f"won_value {row['won_value']:g} without an outcome",
        ),
    )
    leads = leads[~(has_no_time | has_no_outcome)]
    return leads.assign(
        closed_at=leads["closed_at"].where(leads["outcome"].isin(CLOSED)),
        won_value=leads["won_value"].where(leads["outcome"] == "won"),
    ).reset_index(drop=True), out
