"""Rules on several leads at once held against what the day's tables say."""

from collections.abc import Iterator

from crm import CrmData, Issue, suggestion
from scenarios.validation import ScenarioFile
from solver import Rule
from solver.rules import FairShare, MustAssign, OneOwner, TeamQuota, Workload

PRICED_AT_WILL = FairShare | MustAssign | OneOwner | Workload
"""Kinds whose penalty may well exceed what one lead is worth."""

Keys = tuple[str, int]


def joint_issues(
    file: ScenarioFile, crm: CrmData, keys: Keys, rule: Rule
) -> Iterator[Issue]:
    """Yield what keeps a rule on several leads from meaning what it says today."""
    if isinstance(rule, TeamQuota):
        yield from _teams(file, crm, keys, rule)
    if isinstance(rule, Workload) and not crm.has("leads", "effort_hours"):
        expected = (
            f"leads have no effort_hours: each counts {rule.default_hours:g} hours"
        )
        yield file.issue(keys, expected, severity="warning")


def _teams(
    file: ScenarioFile, crm: CrmData, keys: Keys, rule: TeamQuota
) -> Iterator[Issue]:
    teams = sorted(set(crm.reps["team"]) - {""})
    for team in rule.quotas:
        if team not in teams:
            expected = f"no rep is in this team{suggestion(team, teams)}"
            yield file.issue((*keys, "quotas", team), expected, value=team)
