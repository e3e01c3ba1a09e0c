"""Leads that take no slot: owned already, or duplicates of another one."""

import pandas as pd

from reporting.page.report.assignments_section import is_filled
from reporting.page.report.grid import GridColumn, grid
from reporting.page.report.section import PageSection, section

KEPT_TEXT = {
    "owned": "has this owner already",
    "closed": "is won or lost, and nobody's",
    "duplicate_of": "is a duplicate",
}
"""Why a lead takes no slot, in words."""
COLUMNS = (
    GridColumn("lead_id", "Lead"),
    GridColumn("company", "Company"),
    GridColumn("rep", "Rep"),
    GridColumn("reason", "Why"),
    GridColumn("duplicate_of", "Duplicate of"),
    GridColumn("same", "Both have"),
    GridColumn("score", "Likeness", "number"),
)


def kept_section(kept: pd.DataFrame) -> PageSection:
    """Return one row per lead that takes no slot.

    Parameters
    ----------
    kept
        As in ``kept.csv``, with ``company`` and ``rep`` (name and id).
    """
    rows = kept.assign(reason=[KEPT_TEXT.get(code, code) for code in kept["reason"]])
    columns = [column for column in COLUMNS if is_filled(rows, column.name)]
    caption = "Leads of today's table that take no slot"
    table = grid(rows, columns, caption, rest="kept.csv", search=True)
    n_duplicates = int((kept["reason"] == "duplicate_of").sum())
    return section("kept", "Kept leads", table=table, n_duplicates=n_duplicates)
