"""Leads that may be one person twice, where no rule keeps them together."""

from collections.abc import Iterator

from crm import CrmData, Issue, alike
from scenarios.validation import ScenarioFile


def double_issues(file: ScenarioFile, crm: CrmData) -> Iterator[Issue]:
    """Yield a warning where leads share an e-mail address, and may go to two reps."""
    rules = file.scenario.rules
    if not crm.has("leads", "email") or any(r.kind == "one_owner" for r in rules):
        return
    addresses = crm.leads["email"].map(alike)
    again = (addresses != "") & addresses.duplicated(keep=False)
    if again.any():
        first = crm.leads["email"][again].iloc[0]
        expected = (
            f"{int(again.sum()):,} leads share an e-mail address with another, such as "
            f"{first!r}; each may go to another rep: a rule one_owner with same: email "
            "keeps them together"
        )
        yield file.issue(("data", "leads"), expected, severity="warning")
