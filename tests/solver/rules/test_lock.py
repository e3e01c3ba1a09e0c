"""Lock: named pairs that must be."""

import pytest
from pydantic import ValidationError

from solver import Status
from tests.solver.companies import Company
from tests.solver.days import best_owners, broken, rules_of, solved

COMPANY = Company(
    leads=[{"territory": "FR"}, {}],
    reps=[{"daily_capacity": 1, "territories": ("FR",)}, {"daily_capacity": 1}],
    pair_value={("L0", "R0"): 0.9, ("L0", "R1"): 0.1},
)
CAPACITY = {"kind": "capacity"}


def locking(*pairs):
    named = [{"lead_id": lead_id, "rep_id": rep_id} for lead_id, rep_id in pairs]
    return {"kind": "lock", "pairs": named}


def test_a_locked_pair_is_made():
    """The lead goes where it is locked, though it is of lower value there."""
    assert best_owners(COMPANY, CAPACITY) == {"L0": "R0", "L1": "R1"}
    owners = best_owners(COMPANY, CAPACITY, locking(("L0", "R1")))
    assert owners == {"L0": "R1", "L1": "R0"}


def test_a_lock_outweighs_a_loss():
    """A locked lead goes even where penalties exceed its value."""
    soft = {"kind": "territory", "strength": "soft", "penalty": 5}
    _, result = solved(COMPANY, soft, locking(("L0", "R1")))
    assert result.status == Status.OPTIMAL
    assert result.objective == pytest.approx(0.1 - 5 + 0.5)


@pytest.mark.parametrize(
    "others",
    [
        [{"kind": "territory"}],
        [{"kind": "exclude", "pairs": [{"lead_id": "L0", "rep_id": "R1"}]}],
        [{"kind": "qualify", "where": {"territory": "FR"}}],
        [{**locking(("L0", "R0")), "name": "another lock"}],
        [CAPACITY, {**locking(("L1", "R1")), "name": "another lock"}],
    ],
    ids=["territory", "exclude", "qualify", "two locks", "two leads for one slot"],
)
def test_a_lock_at_odds_with_a_hard_rule_is_infeasible(others):
    """Infeasible is a status, and nothing is distributed."""
    _, result = solved(COMPANY, locking(("L0", "R1")), *others)
    assert result.status == Status.INFEASIBLE
    assert result.solution.n_assigned == 0


def test_a_lock_to_a_rep_who_is_not_there_is_infeasible():
    """Nobody else gets the lead, and the check calls the lock out."""
    _, result = solved(COMPANY, locking(("L0", "R9")))
    assert result.status == Status.INFEASIBLE
    assert broken(COMPANY, {}, locking(("L0", "R9"))) == [("lock", "L0", "")]


def test_broken_on_purpose_is_named():
    """A locked lead with another rep, or with none, is called out."""
    rule = locking(("L0", "R1"), ("L1", "R1"))
    found = broken(COMPANY, {"L0": "R0"}, rule)
    assert found == [("lock", "L0", "R0"), ("lock", "L1", "")]


@pytest.mark.parametrize(
    ("penalty", "owner", "objective"),
    [(0.3, "R0", 0.9 - 0.3 + 0.5), (0.9, "R1", 0.1 + 0.5)],
)
def test_soft_costs_the_penalty(penalty, owner, objective):
    """The lead goes elsewhere where that gains more than the penalty."""
    soft = {**locking(("L0", "R1")), "strength": "soft", "penalty": penalty}
    assert best_owners(COMPANY, CAPACITY, soft)["L0"] == owner
    _, result = solved(COMPANY, CAPACITY, soft)
    assert result.objective == pytest.approx(objective)
    assert broken(COMPANY, {"L0": "R0"}, soft) == []


def test_soft_costs_the_penalty_where_the_lead_is_unassigned():
    """Once, as for a wrong rep; and a lead of nobody is unassigned all the same."""
    soft = {**locking(("L0", "R9")), "strength": "soft", "penalty": 0.3}
    nobody = Company([{}], [{"daily_capacity": 0}])
    _, result = solved(nobody, CAPACITY, soft)
    assert result.status == Status.OPTIMAL
    assert result.objective == pytest.approx(-0.3)
    _, result = solved(Company([{}], [{}]), soft)
    assert result.objective == pytest.approx(0.5 - 0.3)


def test_where_restricts_it():
    """A lock of a lead that where does not pick holds nothing."""
    rule = {**locking(("L0", "R1"), ("L1", "R9")), "where": {"territory": "FR"}}
    assert best_owners(COMPANY, CAPACITY, rule) == {"L0": "R1", "L1": "R0"}
    assert broken(COMPANY, {}, rule) == [("lock", "L0", "")]


def test_a_lead_of_another_day_does_not_matter():
    """A lock on a lead that is not there says nothing."""
    _, result = solved(COMPANY, locking(("L9", "R0")))
    assert result.status == Status.OPTIMAL
    assert broken(COMPANY, {}, locking(("L9", "R0"))) == []


def test_one_lead_locked_to_two_reps_is_refused():
    """The contradiction is visible in the scenario, so it is an error there."""
    with pytest.raises(ValidationError, match="lead L0 is locked to two reps"):
        rules_of(locking(("L0", "R0"), ("L0", "R1")))
