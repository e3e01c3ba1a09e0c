"""Must assign: leads that come first."""

import pytest

from solver import Status
from tests.solver.companies import Company
from tests.solver.days import best_owners, broken, solved

LATE = {"priority": "late"}
RULE = {"kind": "must_assign", "where": LATE}
CAPACITY = {"kind": "capacity"}
# One slot for a late lead of value .2 and another one of value .9.
COMPANY = Company(
    leads=[LATE, {}],
    reps=[{"daily_capacity": 1}],
    pair_value={("L0", "R0"): 0.2, ("L1", "R0"): 0.9},
)


def test_hard_is_obeyed():
    """The late lead takes the slot."""
    assert best_owners(COMPANY, CAPACITY) == {"L1": "R0"}
    assert best_owners(COMPANY, CAPACITY, RULE) == {"L0": "R0"}


def test_broken_on_purpose_is_named():
    """The late lead without an owner is called out, another one is not."""
    assert broken(COMPANY, {"L1": "R0"}, RULE) == [("must_assign", "L0", "")]
    assert broken(COMPANY, {"L0": "R0"}, RULE) == []


def test_impossible_is_infeasible():
    """Two late leads and one slot."""
    company = Company([LATE, LATE], COMPANY.reps)
    assert solved(company, CAPACITY, RULE)[1].status == Status.INFEASIBLE


@pytest.mark.parametrize(
    ("penalty", "owner", "objective"),
    [(0.6, {"L1": "R0"}, 0.9 - 0.6), (0.8, {"L0": "R0"}, 0.2)],
)
def test_soft_costs_the_penalty(penalty, owner, objective):
    """The slot has value .7 more to the other lead."""
    soft = {**RULE, "strength": "soft", "penalty": penalty}
    assert best_owners(COMPANY, CAPACITY, soft) == owner
    assert solved(COMPANY, CAPACITY, soft)[1].objective == pytest.approx(objective)
    assert broken(COMPANY, {"L1": "R0"}, soft) == []


def test_soft_pays_for_a_lead_worth_less_than_nothing():
    """A lead of value -.4 is assigned where leaving it unassigned costs .5."""
    leads = [{**LATE, "territory": "FR"}]
    elsewhere = {"kind": "territory", "strength": "soft", "penalty": 0.9}
    company = Company(leads, [{}])
    assert best_owners(company, elsewhere) == {}
    soft = {**RULE, "strength": "soft", "penalty": 0.5}
    assert best_owners(company, elsewhere, soft) == {"L0": "R0"}


def test_every_lead_by_default():
    """Without where, all come first."""
    everyone = {"kind": "must_assign"}
    assert broken(COMPANY, {"L0": "R0"}, everyone) == [("must_assign", "L1", "")]
    assert solved(COMPANY, CAPACITY, everyone)[1].status == Status.INFEASIBLE
