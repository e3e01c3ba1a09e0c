"""Which branch of which rule no example reaches."""

import pytest

from scenarios.rule_tests.branches import ALLOWED, FORBIDDEN, TOUCHED, UNTOUCHED
from scenarios.rule_tests.testing import run_tests
from tests.scenarios.small_scenarios import CAPACITY, SENIOR, TERRITORY, prepared

LARGE = "lead: {deal_value: 30000}"
SMALL = "lead: {deal_value: 100}"
MORE = "a lead whose deal value is at least 25,000"
LESS = "one of which not: deal value is at least 25,000"
ALL = {TOUCHED, UNTOUCHED, ALLOWED, FORBIDDEN, MORE, LESS}


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("branches")


def unreached(folder, *examples, rules=(SENIOR,)):
    listed = "\n".join(f"  - {{name: e{i}, {e}}}" for i, e in enumerate(examples))
    day = prepared(folder, *rules, more=f"tests:\n{listed}\n")
    return run_tests(day.file, day.crm)


def left(folder, *examples):
    told = unreached(folder, *examples).unreached
    return {text.removeprefix("rule large deals: ") for text in told}


def test_each_example_reaches_what_it_expects_something_of(folder):
    """A rep who is not named is not tested."""
    assert left(folder, f"{LARGE}, eligible: R1") == {UNTOUCHED, FORBIDDEN, LESS}
    assert left(folder, f"{LARGE}, not_eligible: R2") == {UNTOUCHED, ALLOWED, LESS}
    assert left(folder, f"{SMALL}, eligible: R2") == ALL - {UNTOUCHED, LESS}


def test_the_only_owner_shuts_out_all_others(folder):
    """So that both sides of the rule are reached, by one lead."""
    assert left(folder, f"{LARGE}, owner: R1") == {UNTOUCHED, LESS}
    assert left(folder, f"{LARGE}, owner: R1", f"{SMALL}, eligible: R2") == set()


def test_all_branches_are_counted(folder):
    """Bounds on sums have no more than the leads they speak of."""
    rules = CAPACITY, TERRITORY, SENIOR
    north = "lead: {territory: North, deal_value: 30000}"
    report = unreached(folder, f"{north}, owner: R1", rules=rules)
    assert report.branches == 1 + 4 + 6
    assert report.unreached == (
        f"rule territory: {UNTOUCHED}",
        f"rule large deals: {UNTOUCHED}",
        f"rule large deals: {LESS}",
    )


def test_a_rule_that_keeps_leads_allows_nobody(folder):
    """So that it has no such branch."""
    kept = "{kind: qualify, min_value: 500}"
    report = unreached(folder, f"{SMALL}, reason: below_floor", rules=(kept,))
    assert report.unreached == (f"rule qualify: {UNTOUCHED}",)
