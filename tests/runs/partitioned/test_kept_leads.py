"""Leads that are kept come back as they were, and so do the warnings."""

import pandas as pd

from crm import Excerpt, Issue
from runs.partitioned.kept_leads import packed, unpacked
from scenarios.errors import ScenarioIssue

TIMES = pd.to_datetime(["2026-03-29T01:30:00.000000001Z", None])
WARNINGS = (
    Issue("leads.parquet", "odd", 7, "territory", "N\u00f6rd", "warning"),
    ScenarioIssue(
        "daily.yaml",
        "read it so",
        excerpt=Excerpt("  - kind: lock", 5, 4),
        keys=("columns", "rep_id"),
        mended_by={"sheet": "Leads", "header_row": 2},
    ),
)


def test_every_kind_of_column_comes_back() -> None:
    leads = pd.DataFrame(
        {
            "lead_id": pd.Series(["L\u00e91", "L2"], dtype=object),
            "company": pd.Series(["", "a|b"], dtype=object),
            "created_at": TIMES,
            "seen_at": TIMES.tz_convert("Europe/Paris"),
            "deal_value": [float("nan"), 0.1],
            "is_new": [True, False],
        }
    )
    own, warnings = unpacked(packed(leads, WARNINGS))
    pd.testing.assert_frame_equal(own, leads)
    assert own["lead_id"].tolist() == leads["lead_id"].tolist()
    assert warnings == WARNINGS
    for issue, before in zip(warnings, WARNINGS, strict=True):
        assert str(issue) == str(before)
        assert issue.mended_by == before.mended_by


def test_no_lead_and_no_warning() -> None:
    leads = pd.DataFrame({"lead_id": pd.Series([], dtype=object), "score": [0.0][:0]})
    own, warnings = unpacked(packed(leads, ()))
    pd.testing.assert_frame_equal(own, leads)
    assert warnings == ()
