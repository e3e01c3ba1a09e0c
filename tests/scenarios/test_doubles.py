"""Leads of one e-mail address are said, unless a rule keeps them together."""

from pathlib import Path

import pytest

from crm import read_crm
from scenarios.doubles import double_issues
from scenarios.validation import read_scenario

LEADS = """lead_id,created_at,email
L1,2026-09-01,Ada@Example.org
L2,2026-09-01,ada@example.org
L3,2026-09-01,bob@example.org
L4,2026-09-01,
L5,2026-09-01,
"""
SCENARIO = """version: 1
name: day
data: {leads: leads.csv, reps: reps.csv}
rules: [{kind: capacity}%s]
"""


@pytest.mark.parametrize(("rule", "count"), [("", 1), (", {kind: one_owner}", 0)])
def test_shared_addresses_are_said(tmp_path: Path, rule: str, count: int) -> None:
    """With the number of leads, and the rule that would help."""
    (tmp_path / "leads.csv").write_text(LEADS)
    (tmp_path / "reps.csv").write_text("rep_id,daily_capacity\nR1,3\n")
    (tmp_path / "daily.yaml").write_text(SCENARIO % rule)
    file = read_scenario(tmp_path / "daily.yaml")
    crm, _ = read_crm(file.scenario.data.sources, tmp_path)
    issues = list(double_issues(file, crm))
    assert len(issues) == count
    assert all("2 leads share an e-mail" in issue.expected for issue in issues)
