"""Turns and weights of open work against the tables they speak of."""

from collections.abc import Iterator

from crm import CrmData, Issue, suggestion
from scenarios.validation import ScenarioFile

NOT_OF_COLUMNS = ("lead_id", "created_at", "company", "email", "phone")
"""Columns that the ledger keeps by themselves; none is a word of waiting."""


def book_issues(file: ScenarioFile, crm: CrmData) -> Iterator[Issue]:
    """Yield what turns and open_weight lack, and where a weight reaches nobody."""
    for section in ("turns", "open_weight"):
        named = getattr(file.scenario, section) is not None
        if named and file.scenario.ledger is None:
            expected = f"{section} needs a ledger, such as `ledger: ledger.db`"
            yield file.issue((section,), expected)
    spec = file.scenario.open_weight
    if spec is None:
        return
    keys = ("open_weight", "column")
    if spec.column in NOT_OF_COLUMNS:
        expected = "expected a column of the leads with few words, such as status"
        yield file.issue(keys, expected, value=spec.column)
    elif not crm.has("leads", spec.column):
        near = suggestion(spec.column, sorted(crm.file_columns.get("leads", ())))
        expected = (
            "the leads have no such column, so only leads that earlier runs met with "
            f"it count less{near}"
        )
        yield file.issue(keys, expected, value=spec.column, severity="warning")
    if crm.has("reps", "open_leads"):
        expected = "changes nothing, since the reps table has open_leads"
        yield file.issue(("open_weight",), expected, severity="warning")
