"""Close dates of leads that are open: when somebody expects them to close."""

from collections.abc import Mapping
from dataclasses import replace

from crm.issues import Issue
from crm.table import Table


def without_expected_dates(
    tables: Mapping[str, Table],
) -> tuple[dict[str, Table], list[Issue]]:
    """Return the typed tables, open past leads without a close date, and how many."""
    history = tables.get("history")
    if history is None or not history.readable("outcome", "closed_at").all():
        return dict(tables), []
    frame = history.frame
    expected = (frame["outcome"] == "open") & frame["closed_at"].notna()
    if not expected.any():
        return dict(tables), []
    message = (
        f"{expected.sum():,} open rows have a date here, such as the expected one: it "
        "is not read, and they stay open"
    )
    told = Issue(history.file, message, None, "closed_at", severity="warning")
    frame = frame.assign(closed_at=frame["closed_at"].mask(expected))
    return {**tables, "history": replace(history, frame=frame)}, [told]
