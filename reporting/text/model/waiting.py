"""What history tells of leads that wait, in a sentence."""

from math import isinf

from reporting.text.layout.layout import counted
from scoring.statistics.waiting import WaitingFinding

CONFOUNDED = (
    "Waits were not drawn at random: what people saw in a lead, and the score does not "
    "know, is in this figure"
)


def waiting_sentence(finding: WaitingFinding) -> str:
    """Return whether leads lose by waiting, how fast, and how sure that is."""
    leads = f"{counted(finding.n_leads, 'closed lead')} of history"
    if finding.answer == "too_few":
        return (
            f"Whether leads lose by waiting cannot be told: {leads} are too few, or "
            "all were assigned after the same time. No half-life is used for it."
        )
    if finding.answer == "cannot_tell":
        return (
            f"Whether leads lose by waiting cannot be told from {leads}: the half-life "
            f"is {_span(finding)}, which includes no loss at all. No half-life is used "
            "for it."
        )
    return (
        f"Leads of history lose half of their chance in {finding.half_life:.1f} days "
        f"of waiting ({_span(finding)}, {leads}), at the same score. {CONFOUNDED}."
    )


def _span(finding: WaitingFinding) -> str:
    if isinf(finding.high):
        return f"{finding.low:.1f} days or more"
    return f"{finding.low:.1f} to {finding.high:.1f} days"
