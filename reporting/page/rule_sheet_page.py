"""The rules of a scenario as a page to print and to hang up."""

from reporting.page.environment import environment
from reporting.text.rules.rule_sheet import (
    HARD,
    SOFT,
    RuleChanges,
    RuleSheet,
    change_sentence,
    day_sentence,
    today_sentence,
    together_sentence,
)

TEMPLATE = "rule_sheet.html.j2"


def render_sheet(sheet: RuleSheet) -> str:
    """Return the sheet as one HTML document that asks nothing of any network."""
    parts = [
        (heading, [(rule, today_sentence(rule, sheet)) for rule in rules])
        for heading, strength in ((HARD, "hard"), (SOFT, "soft"))
        if (rules := sheet.of_strength(strength))
    ]
    return (
        environment()
        .get_template(TEMPLATE)
        .render(
            title=f"Rules of {sheet.title}",
            lead=day_sentence(sheet),
            parts=parts,
            sections=sheet.sections,
            changes=None,
            notes=sheet.notes,
        )
    )


def render_changes(changes: RuleChanges) -> str:
    """Return what changed as one HTML document that asks nothing of any network."""
    return (
        environment()
        .get_template(TEMPLATE)
        .render(
            title=f"What changed in {changes.title}",
            lead=f"Against {changes.before}.",
            parts=[],
            sections={},
            changes=[change_sentence(change) for change in changes.changes],
            together=together_sentence(changes),
            notes=changes.notes,
        )
    )
