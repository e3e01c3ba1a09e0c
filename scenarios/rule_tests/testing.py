"""The tests of a scenario, run: each example decided alone."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence

import pandas as pd

from crm import CrmData, Issue
from reporting.text.rules.rule_tests import (
    FAILED,
    ExampleResult,
    ExpectationResult,
    TestReport,
    verdict_text,
)
from scenarios.errors import ScenarioError
from scenarios.example import Example
from scenarios.reach import needs_no_scores, unscored_day
from scenarios.rule_tests.branches import Case, branches_of
from scenarios.rule_tests.leads import alone, example_leads, lead_words
from scenarios.rule_tests.lone_lead import LoneLead
from scenarios.rule_tests.names import Names
from scenarios.rule_tests.verdicts import Judge, Judgement
from scenarios.validation import ScenarioFile
from solver import Day, Rule

MakeDay = Callable[[CrmData], Day]
"""From tables to a day whose pairs have values, under all rules of the scenario."""


def run_tests(
    file: ScenarioFile, crm: CrmData, scored: MakeDay | None = None
) -> TestReport:
    """Return what became of each example of a scenario.

    Parameters
    ----------
    crm
        The day's tables, not scored.
    scored
        Makes the day of other leads with scores; without it, rules that ask for scores
        are left out, and nobody is the best of several eligible reps.

    Raises
    ------
    ScenarioError
        Where a test names a lead, column, rep, team or reason that there is not.
    """
    rules, names = file.scenario.rules, Names(crm)
    known = [rule for rule in rules if scored or needs_no_scores(rule)]
    leads, issues = example_leads(file, crm)
    issues += names.issues(file)
    if issues:
        raise ScenarioError(issues)
    make = scored or (lambda tables: unscored_day(tables, known))
    cases = _cases(file.scenario.tests or [], crm, leads, make, scored is not None)
    branches, reached = branches_of(known, cases, names)
    return TestReport(
        scenario=file.scenario.name,
        results=tuple(
            _result(file, place, case, names) for place, case in enumerate(cases)
        ),
        branches=len(branches),
        unreached=tuple(str(each) for each in branches if each not in reached),
        left_out=tuple(rule.name for rule in _others(rules, known)),
    )


def failures(file: ScenarioFile, report: TestReport) -> list[Issue]:
    """Return an error for each expectation that failed, where it stands in the file."""
    return [
        file.issue(
            ("tests", place, *_keys(verdict)),
            f"test {result.name!r}: {verdict_text(verdict)}",
        )
        for place, result in enumerate(report.results)
        for verdict in result.of_outcome(FAILED)
    ]


def _keys(verdict: ExpectationResult | Judgement) -> tuple[str | int, ...]:
    """Return the keys of an expectation inside its example."""
    return (verdict.key,) if verdict.place is None else (verdict.key, verdict.place)


def _cases(
    examples: Sequence[Example],
    crm: CrmData,
    leads: pd.DataFrame,
    make: MakeDay,
    is_scored: bool,
) -> list[Case]:
    """Return the examples, decided; those of different leads on one day."""
    cases: dict[int, Case] = {}
    for reps, places in _batches(examples, leads):
        day = make(alone(crm, leads.iloc[places], reps))
        for lead, place in enumerate(places):
            cases[place] = Case(examples[place], LoneLead(day, lead, is_scored))
    return [cases[place] for place in range(len(examples))]


def _batches(
    examples: Sequence[Example], leads: pd.DataFrame
) -> Iterator[tuple[str, list[int]]]:
    """Yield examples whose leads have different ids, and how their reps are."""
    nth = leads.groupby("lead_id").cumcount().tolist()
    batches: defaultdict[tuple[str, int], list[int]] = defaultdict(list)
    for place, example in enumerate(examples):
        batches[example.reps, nth[place]].append(place)
    for (reps, _), places in batches.items():
        yield reps, places


def _others(rules: Sequence[Rule], known: Sequence[Rule]) -> list[Rule]:
    names = {rule.name for rule in known}
    return [rule for rule in rules if rule.name not in names]


def _result(file: ScenarioFile, place: int, case: Case, names: Names) -> ExampleResult:
    judge = Judge(case.example, case.decided, names)
    verdicts = tuple(_verdict(file, place, each) for each in judge.judgements())
    return ExampleResult(case.example.name, lead_words(case.example), verdicts)


def _verdict(file: ScenarioFile, place: int, told: Judgement) -> ExpectationResult:
    node = file.document.at("tests", place, *_keys(told))
    return ExpectationResult(
        told.key,
        told.place,
        told.expected,
        told.found,
        told.outcome,
        told.why,
        node.file,
        node.line or 0,
    )
