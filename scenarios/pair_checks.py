"""Rules on a lead and a rep held against what the day's tables say of both."""

from collections.abc import Iterator

from crm import CrmData, Issue, listed
from crm.issues import capped
from scenarios.validation import ScenarioFile
from solver import Rule
from solver.rules import GIVEN, Performer, Proximity, Skill
from solver.rules.coverage import ANY
from solver.rules.proximity import has_place
from solver.rules.skill import skills_in

Keys = tuple[str, int]
MANY = 5
"""Reps named before the rest is counted."""


def pair_issues(
    file: ScenarioFile, crm: CrmData, keys: Keys, rule: Rule
) -> Iterator[Issue]:
    """Yield what keeps a rule on pairs from meaning what it says today."""
    if any(not crm.has(table, column) for table, column in rule.needs):
        return
    if isinstance(rule, Performer):
        yield from _performers(file, crm, keys, rule)
    if isinstance(rule, Proximity) and rule.price_per_km is not None:
        yield from _price(file, keys, rule.price_per_km)
        yield from _offices(file, crm, keys, rule)
    if isinstance(rule, Skill):
        yield from _skills(file, crm, keys, rule)


def _performers(
    file: ScenarioFile, crm: CrmData, keys: Keys, rule: Rule
) -> Iterator[Issue]:
    if file.scenario.data.history is None:
        expected = f"rule {rule.name} ranks reps by history: give one, model or not"
        yield file.issue(keys, expected)
    if crm.has("reps", GIVEN):
        expected = f"the column {GIVEN} is added by scoring; rename or drop yours"
        yield file.issue(("data", "reps"), expected)


def _price(file: ScenarioFile, keys: Keys, price: float) -> Iterator[Issue]:
    if file.scenario.objective.maximise == "conversions" and price > 1:
        expected = (
            "a price is in expected conversions per km here, from 0 to 1; "
            "in money only with maximise: revenue"
        )
        yield file.issue((*keys, "price_per_km"), expected, value=f"{price:g}")


def _offices(
    file: ScenarioFile, crm: CrmData, keys: Keys, rule: Rule
) -> Iterator[Issue]:
    """Yield an issue where an active rep's way to a lead has no beginning."""
    lost = crm.reps["active"].to_numpy() & ~has_place(crm.reps)
    if lost.any():
        expected = (
            f"rule {rule.name} prices the way from every active rep: give latitude "
            f"and longitude of {listed(crm.reps.loc[lost, 'rep_id'], MANY)}"
        )
        yield file.issue((*keys, "price_per_km"), expected)


def _skills(
    file: ScenarioFile, crm: CrmData, keys: Keys, rule: Skill
) -> Iterator[Issue]:
    """Yield a warning for each skill that no rep has, and an error for times."""
    cells = crm.leads[rule.lead_column]
    if cells.dtype.kind == "M":
        expected = f"the column {rule.lead_column} of leads holds times, not skills"
        yield file.issue((*keys, "lead_column"), expected)
        return
    needed = {skill for cell in cells.unique() for skill in skills_in(cell)}
    able = {skill for cell in crm.reps[rule.rep_column] for skill in skills_in(cell)}
    said = f"rule {rule.name}: no rep has this in {rule.rep_column}"
    lacking = [] if ANY in able else sorted(needed - able)
    issues = [file.issue(keys, said, value=s, severity="warning") for s in lacking]
    yield from capped(issues, len(issues))
