"""The check needs the tables, the rules and the owners, and nothing else."""

import numpy as np
import pytest

from solver import Violation, violations
from solver.day.allocation import Allocation
from solver.rules.pair_rules import PairRule
from tests.solver.companies import Company
from tests.solver.days import broken, rules_of
from tests.solver.random_companies import random_day, random_owners

COMPANY = Company(
    leads=[{"territory": "FR", "product": "car"}, {"territory": "DE"}],
    reps=[{"territories": ("FR",), "daily_capacity": 1}, {"active": False}],
)
TERRITORY = {"kind": "territory", "name": "home"}
PRODUCT = {"kind": "product"}


def test_nobody_assigned_breaks_nothing():
    """An empty allocation obeys every rule but a lock."""
    assert broken(COMPANY, {}, TERRITORY, PRODUCT, {"kind": "capacity"}) == []


def test_unknown_leads_and_reps_and_reps_who_are_away():
    """They are found without any rule."""
    assert broken(COMPANY, {"L9": "R0"}) == [("known leads", "L9", "R0")]
    assert broken(COMPANY, {"L0": "R9"}) == [("known reps", "L0", "R9")]
    assert broken(COMPANY, {"L0": ""}) == [("known reps", "L0", "")]
    assert broken(COMPANY, {"L0": "R1"}) == [("availability", "L0", "R1")]


def test_every_broken_rule_is_named():
    """One pair may break two rules, and one rule may be broken by two pairs."""
    found = broken(COMPANY, {"L0": "R0", "L1": "R0"}, TERRITORY, PRODUCT)
    assert found == [("home", "L1", "R0"), ("product", "L0", "R0")]


def test_details_and_their_text():
    """A violation reads as a sentence for people."""
    rules = rules_of({"kind": "capacity"}, TERRITORY)
    found = violations(COMPANY.crm, rules, {"L0": "R0", "L1": "R0"})
    assert [str(each) for each in found] == [
        "capacity: rep R0: 2 leads, room for 1",
        "home: lead L1, rep R0",
    ]
    assert str(Violation("known leads", "L9", "R0", "not among the leads")) == (
        "known leads: lead L9, rep R0: not among the leads"
    )


def test_a_floor_says_what_is_below_it():
    """Qualify names the column, the lead's value and the floor."""
    company = Company([{"p_convert": 0.05}], [{}])
    rules = rules_of({"kind": "qualify", "min_score": 0.1})
    (found,) = violations(company.crm, rules, {"L0": "R0"})
    assert found.detail == "p_convert 0.05 is below 0.1"


@pytest.mark.parametrize("seed", range(100))
def test_leads_that_are_alike_are_asked_about_once(seed):
    """Which reads no column that a rule does not name, and misses none."""
    company, written = random_day(seed)
    owner = random_owners(np.random.default_rng(seed), company)
    allocation = Allocation(company.crm, owner)
    for rule in rules_of(*written):
        if isinstance(rule, PairRule) and type(rule).violations is PairRule.violations:
            expected = [
                (lead["lead_id"], rep["rep_id"])
                for lead, rep in allocation.pairs(rule.where)
                if not rule.allows(lead, rep, allocation)
            ]
            found = rule.violations(allocation)
            assert [(each.lead_id, each.rep_id) for each in found] == expected
