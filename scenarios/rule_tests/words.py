"""Words of example leads that nobody has, which rules look up in vain."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import chain

import pandas as pd

from crm import CrmData, Issue, suggestion
from crm.cells import cell_text
from scenarios.reach import needs_no_scores
from scenarios.rule_tests.leads import example_leads
from scenarios.validation import ScenarioFile
from solver import Rule


def unknown_words(file: ScenarioFile, crm: CrmData) -> Iterator[Issue]:
    """Yield a warning for each word of an example that no lead, rep or rule has.

    Only of columns that rules look at; the nearest word stands beside it.

    Parameters
    ----------
    crm
        The day's tables, not scored.
    """
    leads, _ = example_leads(file, crm)
    rules = [rule for rule in file.scenario.rules if needs_no_scores(rule)]
    used = sorted(set(chain.from_iterable(map(_columns, rules))))
    known = {
        column: _known(column, rules, crm, leads)
        for column in used
        if column in leads and leads[column].dtype == object
    }
    for place, example in enumerate(file.scenario.tests or ()):
        for column, cell in example.lead.items():
            for word in map(cell_text, cell if isinstance(cell, list) else [cell]):
                if word and column in known and word not in known[column]:
                    text = f"no lead, rep or rule has this {column}, so this tests it"
                    near = suggestion(word, known[column])
                    expected = f"{text} as a word that nobody knows{near}"
                    keys = ("tests", place, "lead", column)
                    yield file.issue(keys, expected, value=word, severity="warning")


def _columns(rule: Rule) -> Iterator[str]:
    """Yield the columns of leads that a rule looks at."""
    yield from rule.where
    yield from (column for table, column in rule.needs if table == "leads")


def _known(
    column: str, rules: Sequence[Rule], crm: CrmData, examples: pd.DataFrame
) -> set[str]:
    """Return the words of a column that leads, history, reps and rules have."""
    tables = [crm.leads, *([crm.history] if column in crm.history else [])]
    words = set(chain.from_iterable(_words(table[column]) for table in tables))
    for rule in rules:
        condition = rule.where.get(column)
        values = condition if isinstance(condition, list) else [condition]
        words |= {value for value in values if isinstance(value, str)}
        for lookup in rule.lookups(replace(crm, leads=examples)):
            if lookup.column == f"{column} of leads":
                words |= {*lookup.met, *lookup.others}
    return words


def _words(cells: Iterable[object]) -> Iterator[str]:
    for cell in cells:
        yield from map(str, cell if isinstance(cell, tuple) else (cell,))
