"""All that lint finds in a scenario, held against the day's tables."""

from dataclasses import dataclass

from crm import CrmData, Issue
from scenarios.lint.contradictions import contradictions
from scenarios.lint.demand import demand
from scenarios.lint.idle_bounds import idle_bounds
from scenarios.lint.idle_reps import idle_reps
from scenarios.lint.lead_groups import LeadGroups
from scenarios.lint.penalties import penalties
from scenarios.lint.shadows import shadows
from scenarios.lint.typical_day import Typical, typical_day, typical_days
from scenarios.reach import Reach


@dataclass(frozen=True)
class Lint:
    """What lint found in a scenario.

    Attributes
    ----------
    issues
        A warning for each finding.
    typical
        What a typical day would leave unassigned; `None` where there is none to tell.
    """

    issues: tuple[Issue, ...]
    typical: Typical | None


def lint(reach: Reach, crm: CrmData) -> Lint:
    """Return all findings; none looks at more than a sample of the leads.

    Parameters
    ----------
    reach
        The scenario, and its day under the rules that are known without scores.
    crm
        The day's tables, not scored.
    """
    file, day = reach.file, reach.day
    if not day.available.any():
        return Lint(tuple(penalties(file, crm)), None)
    groups, typical = LeadGroups.of(day), typical_days(crm, day.rules)
    issues = (
        *contradictions(file, groups),
        *shadows(file, groups),
        *idle_bounds(file, day),
        *idle_reps(file, day),
        *demand(file, day),
        *penalties(file, crm),
        *typical_day(file, typical),
    )
    return Lint(issues, typical)
