"""The page of one rep's own sheet, to be printed on one sheet of paper."""

from reporting.page.environment import environment
from reporting.text.reps.rep_sheet import RepSheet
from reporting.text.reps.sheet_words import (
    SHOWN,
    chance_text,
    coaching_of,
    strengths_summary,
)

LEADS = 200
"""Leads that are shown."""


def render_sheet(sheet: RepSheet) -> str:
    """Return the page as one HTML document that asks nothing of any network."""
    template = environment().get_template("sheet.html.j2")
    return template.render(
        title=sheet.title,
        sheet=sheet,
        leads=[(lead, chance_text(lead)) for lead in sheet.leads[:LEADS]],
        n_more=max(len(sheet.leads) - LEADS, 0),
        strengths=sheet.sure[:SHOWN],
        summary=list(strengths_summary(sheet)),
        coaching=coaching_of(sheet) if sheet.strengths else (),
    )
