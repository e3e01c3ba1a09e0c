"""Leads without an owner: by reason, what would place them, and one by one."""

from collections.abc import Mapping, Sequence

import pandas as pd
from markupsafe import Markup

from reporting.page.report.assignments_section import is_filled
from reporting.page.report.grid import ROWS, GridColumn, grid
from reporting.page.report.section import PageSection, section
from reporting.text.run.placing import UnassignedGroup, placing_sentences
from reporting.text.words.reasons import reason_text
from reporting.text.words.why import with_names

COLUMNS = (
    GridColumn("lead_id", "Lead"),
    GridColumn("company", "Company"),
    GridColumn("deal_value", "Deal value", "money"),
    GridColumn("territory", "Territory"),
    GridColumn("reason", "Reason"),
    GridColumn("detail", "Detail"),
)


def unassigned_section(
    unassigned: pd.DataFrame,
    groups: Sequence[UnassignedGroup],
    names: Mapping[str, str],
    unit: str,
) -> PageSection:
    """Return the reasons, the most frequent first, and one row per lead.

    Parameters
    ----------
    unassigned
        ``lead_id``, ``company``, ``deal_value``, ``territory``, ``reason`` (in words)
        and ``detail``.
    groups
        The same by reason.
    names, unit
        rep_id -> name; what the objective counts.
    """
    told = [
        (group.n_leads, reason_text(group.code), placing_sentences(group, names, unit))
        for group in groups
    ]
    table = Markup()
    if len(unassigned):
        columns = [c for c in COLUMNS if is_filled(unassigned, c.name)]
        caption = "Leads without an owner today"
        # Of the others, the page says only how many there are.
        detail = unassigned["detail"].tolist()
        named = [with_names(text, names) for text in detail[:ROWS]]
        rows = unassigned.assign(detail=[*named, *detail[ROWS:]])
        table = grid(rows, columns, caption, rest="unassigned.csv", search=True)
    return section("unassigned", "Unassigned leads", groups=told, table=table)
