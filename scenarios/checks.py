"""A scenario held against the tables it names: rules that cannot mean what they say."""

from collections.abc import Iterator

from crm import CrmData, Issue, WhereError, matches, suggestion
from scenarios.joint_checks import PRICED_AT_WILL, joint_issues
from scenarios.pair_checks import pair_issues
from scenarios.validation import ScenarioFile
from solver import Rule
from solver.rules import NEUTRAL, SCORE, Exclude, Lock, Team

SCORED = {SCORE, NEUTRAL}
"""Columns that leads have once they are scored."""


def scenario_issues(file: ScenarioFile, crm: CrmData) -> list[Issue]:
    """Return what is wrong between the scenario and the day's tables."""
    issues = [*_objective_issues(file, crm), *_scoring_issues(file, crm)]
    issues += _experiment_issues(file)
    for position, rule in enumerate(file.scenario.rules):
        keys = ("rules", position)
        issues += _needs(file, crm, keys, rule)
        issues += _penalty(file, keys, rule)
        issues += _picks(file, crm, keys, rule)
        issues += _names(file, crm, keys, rule)
        issues += pair_issues(file, crm, keys, rule)
        issues += joint_issues(file, crm, keys, rule)
    return issues


def _objective_issues(file: ScenarioFile, crm: CrmData) -> Iterator[Issue]:
    for column in sorted(SCORED):
        if crm.has("leads", column) or crm.has("history", column):
            expected = f"the column {column} is added by scoring; rename or drop yours"
            yield file.issue(("data",), expected)
    if file.scenario.objective.maximise == "conversions":
        return
    keys = ("objective", "maximise")
    if crm.has("history", "won_value"):
        return
    if not crm.has("leads", "deal_value"):
        expected = "revenue needs won_value in history, or deal_value in leads"
        yield file.issue(keys, expected)
        return
    missing = int(crm.leads["deal_value"].isna().sum())
    if missing:
        expected = f"{missing} leads have no deal_value: they count with the mean"
        yield file.issue(keys, expected, severity="warning")


def _scoring_issues(file: ScenarioFile, crm: CrmData) -> Iterator[Issue]:
    """Yield an issue for every column that scoring names and that is not there."""
    known = crm.given.get("leads", frozenset()) | crm.given.get("history", frozenset())
    scoring = file.scenario.scoring
    named = {
        "keep": scoring.keep,
        "leave_out": scoring.leave_out,
        "interaction_features": scoring.interaction_features or [],
    }
    for option, columns in named.items():
        for position, column in enumerate(columns):
            if column not in known:
                expected = "neither leads nor history have this column"
                expected += suggestion(column, sorted(known))
                at = ("scoring", option, position)
                yield file.issue(at, expected, value=column)


def _experiment_issues(file: ScenarioFile) -> Iterator[Issue]:
    asked = file.scenario.experiment
    if asked and asked.max_pair_probability and file.scenario.solve.two_level:
        expected = (
            "there is no cap where leads go to teams first; leave it out and give a "
            "control_share, or leave out two_level"
        )
        yield file.issue(("experiment", "max_pair_probability"), expected)


def _needs(
    file: ScenarioFile, crm: CrmData, keys: tuple[str, int], rule: Rule
) -> Iterator[Issue]:
    for table, column in rule.needs:
        if not crm.has(table, column):
            near = suggestion(column, sorted(crm.given.get(table, ())))
            expected = f"rule {rule.name} needs the column {column} in {table}{near}"
            yield file.issue(keys, expected)


def _penalty(file: ScenarioFile, keys: tuple[str, int], rule: Rule) -> Iterator[Issue]:
    penalty = rule.penalty
    if isinstance(rule, PRICED_AT_WILL):
        return
    if file.scenario.objective.maximise == "conversions" and (penalty or 0) > 1:
        expected = (
            "a penalty is in expected conversions per lead here, from 0 to 1; "
            "in money only with maximise: revenue"
        )
        yield file.issue((*keys, "penalty"), expected, value=f"{penalty:g}")


def _picks(
    file: ScenarioFile, crm: CrmData, keys: tuple[str, int], rule: Rule
) -> Iterator[Issue]:
    """Yield an issue where the rule's `where` fails or picks no lead."""
    try:
        picked = matches(crm.leads.assign(**dict.fromkeys(SCORED, 0.5)), rule.where)
    except WhereError as error:
        yield file.issue((*keys, "where", error.column), error.reason)
        return
    if isinstance(rule, Lock | Exclude):
        named = {pair.lead_id for pair in rule.pairs}
        if not named & set(crm.leads["lead_id"]):
            yield file.issue((*keys, "pairs"), _no_lead(rule.name), severity="warning")
    elif not picked.any() and not SCORED & set(rule.where):
        yield file.issue((*keys, "where"), _no_lead(rule.name), severity="warning")


def _no_lead(name: str) -> str:
    return f"rule {name} picks no lead of the day"


def _names(
    file: ScenarioFile, crm: CrmData, keys: tuple[str, int], rule: Rule
) -> Iterator[Issue]:
    """Yield an issue for every rep or team that a rule names and nobody knows."""
    if isinstance(rule, Lock | Exclude):
        reps = crm.reps["rep_id"].tolist()
        for i, pair in enumerate(rule.pairs):
            if pair.rep_id not in reps:
                expected = f"no such rep{suggestion(pair.rep_id, reps)}"
                at = (*keys, "pairs", i, "rep_id")
                yield file.issue(at, expected, value=pair.rep_id)
    if isinstance(rule, Team):
        teams = set(crm.reps["team"]) - {""}
        for i, team in enumerate(rule.teams):
            if team not in teams:
                expected = f"no rep is in this team{suggestion(team, sorted(teams))}"
                yield file.issue((*keys, "teams", i), expected, value=team)
