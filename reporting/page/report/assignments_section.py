"""Who got which lead."""

from dataclasses import replace

import pandas as pd
from markupsafe import Markup

from evaluation.labels import EXPECTED
from reporting.page.report.grid import GridColumn, grid
from reporting.page.report.section import PageSection, section

OVER = EXPECTED.capitalize()
COLUMNS = (
    GridColumn("lead_id", "Lead"),
    GridColumn("company", "Company"),
    GridColumn("deal_value", "Deal value", "money"),
    GridColumn("rep", "Rep"),
    GridColumn("team", "Team"),
    GridColumn("p_convert", "P(convert)", "percent", OVER),
    GridColumn("value", "Value", "amount", OVER),
    GridColumn("territory", "Territory"),
    GridColumn("backup", "Backup"),
    GridColumn("arm", "Arm"),
    GridColumn("propensity", "Propensity", "percent"),
    GridColumn("reason", "Why this rep"),
)
OPTIONAL = {
    *("company", "deal_value", "team", "territory", "backup"),
    *("duplicate_of", "same", "score"),
}
"""Columns that are left out where nothing is in them."""
OF_EXPERIMENT = {"arm", "propensity"}


def assignments_section(
    assignments: pd.DataFrame, unit: str, *, is_drawn: bool
) -> PageSection:
    """Return one row per lead with an owner, by team and rep, the likeliest first.

    Parameters
    ----------
    assignments
        ``lead_id``, ``company``, ``deal_value``, ``territory``, ``rep_id``, ``rep``
        and ``backup`` (names), ``team``, ``p_convert``, ``value``, ``arm``,
        ``propensity`` and ``reason`` (in words).
    unit
        What the objective counts.
    is_drawn
        Whether an experiment drew it.
    """
    order = ["team", "rep_id", "p_convert"]
    rows = assignments.sort_values(order, ascending=[True, True, False], kind="stable")
    left_out = set() if is_drawn else OF_EXPERIMENT
    columns = [
        _in_unit(column, unit)
        for column in COLUMNS
        if column.name not in left_out and is_filled(rows, column.name)
    ]
    table = Markup()
    if len(rows):
        caption = "Leads by rep, the likeliest first"
        table = grid(rows, columns, caption, rest="assignments.csv", search=True)
    return section("assignments", "Who got what", table=table)


def _in_unit(column: GridColumn, unit: str) -> GridColumn:
    is_money = column.name == "value" and unit != "conversions"
    return replace(column, form="money") if is_money else column


def is_filled(rows: pd.DataFrame, name: str) -> bool:
    """Tell whether a column has to be shown: always, or where something is in it."""
    if name not in OPTIONAL:
        return True
    return bool((rows[name].notna() & (rows[name] != "")).any())
