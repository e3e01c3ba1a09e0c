"""Branches of rules, and which of them the examples reach."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from crm import matches
from crm.where_words import column_words, condition_words
from scenarios.example import Example
from scenarios.rule_tests.lone_lead import LoneLead
from scenarios.rule_tests.names import Names
from solver import Day, Rule, RuleReach
from solver.rules.named_pairs import NamedPairsRule


class Branch(NamedTuple):
    """One way a rule can go, in words.

    Attributes
    ----------
    rule
        Name of the rule.
    text
        What an example would have to have.
    """

    rule: str
    text: str

    def __str__(self) -> str:
        return f"rule {self.rule}: {self.text}"


class Case(NamedTuple):
    """An example with its lead, decided."""

    example: Example
    decided: LoneLead


TOUCHED = "a lead that it speaks of"
UNTOUCHED = "a lead that it does not speak of"
ALLOWED = "a rep that it allows, expected to be eligible or to get the lead"
FORBIDDEN = "a rep that it forbids, expected not to be eligible, or nobody"


def branches_of(
    rules: Iterable[Rule], cases: list[Case], names: Names
) -> tuple[list[Branch], set[Branch]]:
    """Return the branches of the rules, and those that examples reach.

    A hard filter has a branch for a lead that it speaks of and for another, and for a
    rep that it allows and forbids, of whom an example expects something. Each condition
    of a `where` has one for true and for false. Bounds on sums over many leads have no
    more than the leads they speak of.
    """
    branches: list[Branch] = []
    reached: set[Branch] = set()
    for rule in rules:
        own = list(_branches(rule))
        branches += own
        speaks = {id(day): RuleReach(day, rule).leads for day in _days(cases)}
        for case in cases:
            spoken_of = bool(speaks[id(case.decided.day)][case.decided.lead])
            told = _reached(rule, case, names, spoken_of=spoken_of)
            reached |= set(told) & set(own)
    return branches, reached


def _days(cases: list[Case]) -> list[Day]:
    """Return the days on which examples were decided, each once."""
    return list({id(case.decided.day): case.decided.day for case in cases}.values())


def _branches(rule: Rule) -> Iterator[Branch]:
    yield Branch(rule.name, TOUCHED)
    of_leads = any(table == "leads" for table, _ in rule.needs)
    if rule.where or of_leads or isinstance(rule, NamedPairsRule):
        yield Branch(rule.name, UNTOUCHED)
    if rule.is_hard and _is_filter(rule):
        if not _keeps(rule):
            yield Branch(rule.name, ALLOWED)
        yield Branch(rule.name, FORBIDDEN)
    for column in rule.where:
        yield from (_condition(rule, column, holds) for holds in (True, False))


def _condition(rule: Rule, column: str, holds: bool) -> Branch:
    words = f"{column_words(column)} {condition_words(rule.where[column])}"
    return Branch(
        rule.name, f"a lead whose {words}" if holds else f"one of which not: {words}"
    )


def _reached(
    rule: Rule, case: Case, names: Names, *, spoken_of: bool
) -> Iterator[Branch]:
    """Yield the branches that an example reaches, whether there are such or not."""
    decided = case.decided
    crm, lead = decided.day.crm, decided.lead
    for column, condition in rule.where.items():
        row = crm.leads.iloc[[lead]]
        yield _condition(rule, column, bool(matches(row, {column: condition})[0]))
    if not spoken_of:
        yield Branch(rule.name, UNTOUCHED)
        return
    yield Branch(rule.name, TOUCHED)
    if rule.name not in decided.day.filters:
        return
    wanted, unwanted = _expected(case, names)
    if any(rule in decided.allowing(rep) for rep in wanted):
        yield Branch(rule.name, ALLOWED)
    if any(rule in decided.forbidding(rep) for rep in unwanted):
        yield Branch(rule.name, FORBIDDEN)


def _expected(case: Case, names: Names) -> tuple[set[str], set[str]]:
    """Return the reps that an example expects to have the lead, and not to."""
    example, decided = case
    everybody = set(decided.day.crm.reps["rep_id"])
    wanted = {names.rep(rep) for rep in example.eligible or ()}
    unwanted = {
        names.rep(rep)
        for rep in [*(example.not_eligible or ()), *(example.not_owner or ())]
    }
    if example.owner is not None:
        wanted.add(names.rep(example.owner))
    if example.team is not None:
        reps = decided.day.crm.reps
        members = set(reps.loc[reps["team"] == example.team, "rep_id"])
        wanted |= members & set(decided.eligible)
    decides = example.owner is not None or example.team is not None
    if example.reason is not None or (decides and len(decided.eligible) == 1):
        unwanted |= everybody - set(decided.eligible)
    return wanted, unwanted


def _is_filter(rule: Rule) -> bool:
    return type(rule).eligibility is not Rule.eligibility


def _keeps(rule: Rule) -> bool:
    return type(rule).keeps is not Rule.keeps
