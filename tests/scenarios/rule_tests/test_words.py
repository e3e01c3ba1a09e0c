"""Words of examples that nobody has are told, with the nearest."""

import pytest

from scenarios.rule_tests.words import unknown_words
from tests.scenarios.small_scenarios import LEADS, TERRITORY, prepared

SOURCE = "{kind: team, teams: [one], where: {source: [web, fair]}}"


@pytest.fixture
def warned(tmp_path):
    """Return a function: cells of an example's lead -> the warnings."""

    def run(cells):
        example = f"{{name: e, lead: {{{cells}}}, reason: no_rep_in_territory}}"
        leads = [{**LEADS[0], "source": "web", "company": "Acme"}]
        more = f"tests:\n  - {example}\n"
        day = prepared(tmp_path, TERRITORY, SOURCE, more=more, leads=leads)
        return list(unknown_words(day.file, day.crm))

    return run


def test_a_word_that_nobody_has_is_told_with_the_nearest(warned):
    """The line is that of the cell."""
    [issue] = warned("territory: Nroth")
    assert issue.severity == "warning" and issue.value == "Nroth"
    assert "did you mean 'North'" in issue.expected


@pytest.mark.parametrize(
    "cells",
    [
        "territory: South",
        "source: fair",
        "territory: North, company: Nobody Ltd",
        "territory: ''",
        "territory: North, deal_value: 7",
    ],
)
def test_words_of_reps_rules_and_free_columns_are_known(warned, cells):
    """No lead of the day has them, but a rep or a rule, or no rule looks."""
    assert warned(cells) == []


def test_a_word_of_a_condition_alone_is_looked_up_among_leads_and_rules(warned):
    """Rules ask for it in their where."""
    [issue] = warned("territory: North, source: wbe")
    assert "did you mean 'web'" in issue.expected
