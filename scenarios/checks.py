"""Checks of a scenario against the tables it names."""

from collections.abc import Iterator

from crm import CrmData, Issue, suggestion
from scenarios.book_checks import book_issues
from scenarios.currencies import currency_issues
from scenarios.day import day_issues
from scenarios.duplicate_checks import duplicate_issues
from scenarios.least_bounds import bound_issues
from scenarios.owners import owner_issues
from scenarios.service_levels import service_issues
from scenarios.unread import unread_issues
from scenarios.validation import ScenarioFile
from solver.day.scored_columns import SCORED

ABSURD, FEW = 10_000, 3
"""A deal of so many times the median, of more deals than so few, is a mistake."""


def scenario_issues(file: ScenarioFile, crm: CrmData) -> list[Issue]:
    """Return what is wrong between the scenario and the day's tables."""
    issues = [
        *day_issues(file, crm),
        *_column_issues(file, crm),
        *_objective_issues(file, crm),
        *_scoring_issues(file, crm),
        *_experiment_issues(file),
        *_rule_issues(file, crm),
        *service_issues(file, crm),
        *book_issues(file, crm),
        *duplicate_issues(file, crm),
        *unread_issues(file, crm),
    ]
    if any(issue.severity == "error" for issue in issues):
        return issues
    return [*issues, *owner_issues(file, crm), *bound_issues(file, crm)]


def _rule_issues(file: ScenarioFile, crm: CrmData) -> Iterator[Issue]:
    """Yield what each rule finds wrong, where it stands in the file."""
    unit = file.scenario.objective.maximise
    for position, rule in enumerate(file.scenario.rules):
        for issue in rule.issues(crm, unit):
            keys = ("rules", position, *issue.keys)
            yield file.issue(
                keys, issue.expected, value=issue.value, severity=issue.severity
            )


def _column_issues(file: ScenarioFile, crm: CrmData) -> Iterator[Issue]:
    """Yield an error for each column that scoring would overwrite."""
    needs = {need for rule in file.scenario.rules for need in rule.needs}
    for column in sorted(SCORED["leads"]):
        if crm.has("leads", column) or crm.has("history", column):
            yield file.issue(("data",), _overwritten(column))
    for column in sorted(SCORED["reps"]):
        if crm.has("reps", column) and ("reps", column) in needs:
            yield file.issue(("data", "reps"), _overwritten(column))


def _overwritten(column: str) -> str:
    return f"the column {column} is added by scoring; rename or drop yours"


def _objective_issues(file: ScenarioFile, crm: CrmData) -> Iterator[Issue]:
    if file.scenario.objective.maximise == "conversions":
        return
    yield from currency_issues(file, crm)
    yield from _absurd_values(file, crm)
    keys = ("objective", "maximise")
    if crm.has("history", "won_value") or file.scenario.data.history_from_ledger:
        return
    if not crm.has("leads", "deal_value"):
        expected = "revenue needs won_value in history, or deal_value in leads"
        yield file.issue(keys, expected)
        return
    missing = int(crm.leads["deal_value"].isna().sum())
    if missing:
        expected = f"{missing} leads have no deal_value: they count with the mean"
        yield file.issue(keys, expected, severity="warning")


def _absurd_values(file: ScenarioFile, crm: CrmData) -> Iterator[Issue]:
    """Yield a warning where one deal counts more than all others can."""
    value = crm.leads["deal_value"].dropna().sort_values()
    usual = value[value > 0].iloc[:-1].median()
    if len(value) > FEW and value.iloc[-1] > ABSURD * usual:
        lead = crm.leads["lead_id"].iloc[value.index[-1]]
        expected = (
            f"the deal_value of lead {lead}, {value.iloc[-1]:,.0f}, is more than "
            f"{ABSURD:,} times the median of the others, {usual:,.0f}: it decides the "
            "objective; correct it, or leave the lead out"
        )
        yield file.issue(("data", "leads"), expected, severity="warning")


def _scoring_issues(file: ScenarioFile, crm: CrmData) -> Iterator[Issue]:
    """Yield an issue for every column that scoring names and that is not there."""
    tables = ("leads", "history")
    known = frozenset().union(*map(crm.columns_of, tables))
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
    experiment = file.scenario.experiment
    if experiment and experiment.max_pair_probability and file.scenario.solve.two_level:
        expected = (
            "there is no cap where leads go to teams first; leave it out and give a "
            "control_share, or leave out two_level"
        )
        yield file.issue(("experiment", "max_pair_probability"), expected)
