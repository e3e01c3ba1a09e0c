"""Every rep as the owner of one lead, while the others stay where they are."""

import math

import pytest

from solver import candidates
from tests.solver.companies import Company
from tests.solver.days import day_of, solved

LEADS = [{"territory": "FR", "account_id": "A"}, {"territory": "FR", "account_id": "A"}]
TERRITORY = {"kind": "territory", "name": "home"}
SOFT = {**TERRITORY, "strength": "soft", "penalty": 0.2}
CAPACITY = {"kind": "capacity"}
FR, DE = {"territories": ("FR",)}, {"territories": ("DE",)}


def by_rep(company, *rules, lead=1):
    day, result = solved(company, *rules)
    found = candidates(day, result.solution, lead)
    return {day.problem.rep_ids[candidate.rep]: candidate for candidate in found}


def test_hard_rules_and_absence_exclude():
    """Each is named; a value is there all the same."""
    company = Company(LEADS, [FR, DE, {**FR, "active": False}])
    found = by_rep(company, TERRITORY)
    excluded = {rep: candidate.excluded_by for rep, candidate in found.items()}
    assert excluded == {"R0": (), "R1": ("home",), "R2": ("absence",)}
    assert {candidate.value for candidate in found.values()} == {0.5}
    assert [candidate.is_free for candidate in found.values()] == [True, False, False]


def test_a_rule_that_keeps_the_lead_excludes_everybody():
    """No rep may have a lead that is not distributed."""
    company = Company([{**LEADS[0], "priority": "cold"}], [FR])
    keeps = {"kind": "qualify", "where": {"priority": "cold"}, "name": "nurture"}
    found = by_rep(company, keeps, lead=0)
    assert found["R0"].excluded_by == ("nurture",)


def test_soft_rules_charge():
    """The charge is named and taken off the value, so the order follows."""
    found = by_rep(Company(LEADS, [DE, FR]), SOFT)
    assert list(found) == ["R1", "R0"]
    assert found["R0"].charges == (("home", pytest.approx(0.2)),)
    assert found["R0"].value == pytest.approx(0.3)
    assert found["R1"].charges == ()


def test_slots_are_counted_without_the_lead_itself():
    """An owner has the lead's own slot; another who is full has none."""
    full = {**FR, "daily_capacity": 1}
    found = by_rep(Company(LEADS, [full, full]), CAPACITY)
    owner, other = sorted(found.values(), key=lambda candidate: not candidate.is_owner)
    assert (owner.slots_left, owner.obstacles) == (1, ())
    assert (other.slots_left, other.obstacles) == (0, ("full",))
    unlimited = by_rep(Company(LEADS, [FR]))
    assert math.isnan(unlimited["R0"].slots_left)


def test_slots_are_not_counted_by_the_leads_of_the_day():
    """A rep with nine slots and one lead has nine left."""
    found = by_rep(Company(LEADS[:1], [{**FR, "daily_capacity": 9}]), CAPACITY, lead=0)
    assert found["R0"].slots_left == 9


def test_rules_on_several_leads_stand_in_the_way():
    """One owner for the account, as the other lead stays where it is."""
    one = {"kind": "one_owner", "name": "together"}
    found = by_rep(Company(LEADS, [FR, FR]), one)
    owner, other = sorted(found.values(), key=lambda candidate: not candidate.is_owner)
    assert owner.is_free and not other.is_free
    assert "together" in other.obstacles[0]


def test_soft_rules_on_several_leads_charge():
    """What they would charge with the other leads where they are."""
    one = {"kind": "one_owner", "name": "together"}
    soft = {**one, "strength": "soft", "penalty": 0.1}
    day, result = solved(Company(LEADS, [FR, FR]), soft)
    found = candidates(day, result.solution, 1)
    assert sorted(candidate.value for candidate in found) == pytest.approx([0.4, 0.5])
    charges = [charge for candidate in found for charge in candidate.charges]
    assert charges == [("together", pytest.approx(0.1))]


def test_a_sum_that_comes_nearer_to_its_bound_gains():
    """Who has no lead yet would break the rule for one less."""
    least = {"kind": "min_per_rep", "name": "some", "min_leads": 1}
    soft = {**least, "strength": "soft", "penalty": 0.1}
    found = by_rep(Company(LEADS[:1], [FR, FR]), soft, lead=0)
    charges = {rep: candidate.charges for rep, candidate in found.items()}
    assert charges == dict.fromkeys(["R0", "R1"], (("some", pytest.approx(-0.1)),))


def test_charges_add_up_to_what_the_problem_has():
    """Value of a pair: what it is worth less what each rule charges it."""
    company = Company(LEADS, [DE, FR])
    day = day_of(company, SOFT)
    problem = day.problem
    charges = day.charges(problem.lead, problem.rep)
    assert set(charges) == {"home"}
    whole = day.pair_value(problem.lead, problem.rep) - charges["home"]
    assert whole.tolist() == problem.value.tolist()
