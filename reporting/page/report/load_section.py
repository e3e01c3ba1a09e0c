"""Load against capacity, rep by rep."""

import pandas as pd
from markupsafe import Markup

from reporting.page.report.assignments_section import is_filled
from reporting.page.report.grid import GridColumn, bar, grid
from reporting.page.report.section import PageSection, section

COLUMNS = (
    GridColumn("rep", "Rep"),
    GridColumn("team", "Team"),
    GridColumn("assigned", "Leads", "count"),
    GridColumn("slots_used", "Slots used", "count"),
    GridColumn("capacity", "Capacity", "count"),
    GridColumn("left", "Slots left", "count"),
    GridColumn("bar", "Load", "html"),
)


def load_section(load: pd.DataFrame) -> PageSection:
    """Return each rep's leads beside their capacity, by team.

    Parameters
    ----------
    load
        ``rep_id``, ``rep`` (name and id), ``team``, ``capacity`` (leads; missing is no
        limit), ``slots_used`` and ``slotless``, the leads that take a slot and those
        that take none, and ``at_work``.
    """
    rows = load.sort_values(["team", "rep_id"], ignore_index=True)
    rows["assigned"] = rows["slots_used"] + rows["slotless"]
    rows["left"] = rows["capacity"] - rows["slots_used"]
    most = float(rows[["assigned", "capacity"]].max().max()) if len(rows) else 0.0
    ends = rows[["slots_used", "capacity", "slotless"]].itertuples(index=False)
    rows["bar"] = [bar(used, whole, extra, most) for used, whole, extra in ends]
    columns = [column for column in COLUMNS if is_filled(rows, column.name)]
    caption = "Leads assigned to each rep, and their capacity"
    return section(
        "load",
        "Load against capacity",
        table=grid(rows, columns, caption, search=True) if len(rows) else Markup(),
        has_slotless=bool(load["slotless"].any()),
        is_limited=bool(load["capacity"].notna().any()),
        n_full=int((rows["at_work"] & (rows["left"] <= 0)).sum()),
        n_left=float(rows["left"].sum()),
        n_reps=int(rows["at_work"].sum()),
    )
